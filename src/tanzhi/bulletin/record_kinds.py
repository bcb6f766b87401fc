"""What programs read of bulletins."""

from __future__ import annotations

from tanzhi.presentation.records.kind import RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .models import Edition, RowsVersion

register(
    RecordKind(
        "bulletins",
        Text("发布稿", "Bulletins"),
        Edition,
        ("region__code", "period", "number"),
        (
            "region", "period", "number", "state", "digest", "english", "remark",
            RecordField("drafted_by"), "proposed_by", "signed_by", "published_at", "public", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "bulletin_rows",
        Text("发布稿行次版本", "Versions of the bulletin's rows"),
        RowsVersion,
        ("number",),
        ("number", "since", "overlay", "remark", "state", "revision"),
    )
)
