"""What programs read of letters, imports and the versions of an installation's own data."""

from __future__ import annotations

from tanzhi.organisations.lists_version import ListsVersion
from tanzhi.presentation.records.kind import WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .applications.model import AccountApplication
from .applications.work import APPLICATION
from .imports.model import IMPORT_STATES, Import
from .letters.model import LETTER_STATES, Letter
from .letters.version import LettersVersion

VERSION_FIELDS = ("number", "since", "overlay", "remark", "state", "revision")

register(
    RecordKind(
        "account_applications",
        Text("账户申请", "Account applications"),
        AccountApplication,
        ("pk",),
        (
            "role", "organisation", "organisation_name", "credit_code",
            RecordField("state", words=APPLICATION.words), "opened_at", "closed_at", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "letters",
        Text("函件", "Letters"),
        Letter,
        ("number_zh", "pk"),
        (
            "case", RecordField("template", path="code"), "issuer", "to", RecordField("number", WORDS),
            RecordField("title", WORDS, "name"), "blocks", RecordField("state", words=LETTER_STATES), "at",
            "acknowledged_at", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "imports",
        Text("导入", "Imports"),
        Import,
        ("importer", "pk"),
        (
            "importer", "file_name", "sha256", "mapping", "count", "added", RecordField("state", words=IMPORT_STATES),
            "reason", "person_name", "at", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "letter_wordings", Text("函件文本版本", "Wordings of letters"), LettersVersion, ("number",), VERSION_FIELDS
    )
)
register(
    RecordKind(
        "code_list_versions", Text("代码表版本", "Versions of code lists"), ListsVersion, ("number",), VERSION_FIELDS
    )
)
