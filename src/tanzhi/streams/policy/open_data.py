"""The library of policy documents, as far as it is open to the public; their texts stand beside, not in it."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions.references import reference
from tanzhi.actions.visibility import PUBLIC
from tanzhi.presentation.open_data.data_set import DAY, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.kernel.text import Text

from .documents.model import Document
from .shared.codes import KINDS, LEVELS, TOPICS


def published() -> Iterator[PublicRow]:
    rows = Document.objects.visible_to(PUBLIC).select_related("region")
    for document in rows.prefetch_related("issuers__organisation__names").order_by("issued_on", "pk"):
        issuers = document.issuer_names
        yield PublicRow(
            reference(document),
            {
                "region": document.region.code,
                "number": document.number,
                "title_zh": document.title_zh,
                "title_en": document.title_en,
                "issuers_zh": "、".join(name.zh for name in issuers),
                "issuers_en": ", ".join(name.en for name in issuers),
                "level": document.level,
                "kind": document.kind,
                "topic": document.topic,
                "issued_on": document.issued_on,
                "effective_on": document.effective_on,
                "valid_until": document.valid_until,
                "repealed_on": document.repealed_on,
                "source": document.source,
            },
        )


register(
    DataSet(
        "policy-documents",
        Text("政策文件", "Policy documents"),
        Text(
            "文件库中向社会公开的文件，每件一行，含已废止的；正文在文件库",
            "Documents that are open to the public, a row for each, repealed ones too; texts are in the library",
        ),
        Text("经办人登记时选定向社会公开", "whoever registered the document opened it to the public"),
        (
            DataColumn("region", Text("地区代码", "Code of the region")),
            DataColumn("number", Text("文号", "Number")),
            *names("title", Text("标题", "Title")),
            *names("issuers", Text("发文单位", "Issued by")),
            DataColumn("level", Text("层级", "Level"), codes=LEVELS),
            DataColumn("kind", Text("种类", "Kind"), codes=KINDS),
            DataColumn("topic", Text("主题", "Topic"), codes=TOPICS),
            DataColumn("issued_on", Text("成文日期", "Issued on"), DAY),
            DataColumn("effective_on", Text("施行日期", "In force from"), DAY),
            DataColumn("valid_until", Text("有效期末日", "Last day in force"), DAY),
            DataColumn("repealed_on", Text("废止日期", "Repealed from"), DAY),
            DataColumn("source", Text("来源", "Source")),
        ),
        published,
        ("policy.register_document", "policy.bring_into_force", "policy.repeal_document"),
    ),
    50,
)
