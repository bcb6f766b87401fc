"""Verified emissions of key units as they were made public, version by version."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions.references import reference
from tanzhi.presentation.open_data.data_set import DAY, DECIMAL, WHOLE, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.kernel.text import Text

from .disclosure.model import public_rows

RESULT = Text("核查结论，公开时的文字", "the conclusion of verification, as it was made public")


def emissions() -> Iterator[PublicRow]:
    rows = public_rows().prefetch_related("organisation__names")
    for row in rows.order_by("disclosure__year", "disclosure__sector", "organisation__code", "version"):
        facilities = row.public_facilities
        yield PublicRow(
            reference(row.disclosure),
            {
                "province": row.disclosure.region.code,
                "year": row.disclosure.year,
                "sector": row.disclosure.sector,
                "version": row.version,
                "stands": "yes" if row.stands else "no",
                "published_on": row.disclosure.published_on,
                "code": row.organisation.code,
                "name_zh": row.organisation.name.zh,
                "name_en": row.organisation.name.en,
                "emission": row.tonnes,
                "body_zh": row.body_zh,
                "body_en": row.body_en,
                "conclusion": "conforms" if row.conforms else "does_not_conform",
                "facilities": "" if facilities is None else " ".join(facilities),
                "method": row.public_method or "",
            },
        )


register(
    DataSet(
        "verified_emissions",
        Text("重点排放单位核查排放量", "Verified emissions of key units"),
        Text(
            "每家重点排放单位各年度经核查的排放量；更正前的版本也保留；商业秘密为空白",
            "The verified emission of each key unit by year; versions before a correction are kept; secrets are blank",
        ),
        Text("省级主管部门依《碳排放权交易管理暂行条例》第十二条公开", "made public by the province by article 12"),
        (
            DataColumn("province", Text("省份代码", "Code of the province")),
            DataColumn("year", Text("数据年度", "Data year"), WHOLE),
            DataColumn("sector", Text("行业代码", "Code of the sector")),
            DataColumn("version", Text("版次", "Version"), WHOLE),
            DataColumn("stands", Text("是否现行", "Whether it stands"),
                       codes={"yes": Text("现行", "stands"), "no": Text("已由新版取代", "superseded")}),
            DataColumn("published_on", Text("公开日期", "Public since"), DAY),
            DataColumn("code", Text("单位代码", "Code of the plant")),
            *names("name", Text("企业名称", "Name of the plant")),
            DataColumn("emission", Text("核查排放量（tCO₂e）", "Verified emission (tCO₂e)"), DECIMAL, source=RESULT),
            *names("body", Text("核查机构", "Verification body")),
            DataColumn("conclusion", Text("核查结论", "Conclusion"), source=RESULT,
                       codes={"conforms": Text("符合", "conforms"),
                              "does_not_conform": Text("不符合", "does not conform")}),
            DataColumn("facilities", Text("排放设施编号", "Numbers of the facilities")),
            DataColumn("method", Text("核算方法", "Accounting method")),
        ),
        emissions,
        ("verification.publish_disclosure",),
    ),
    35,
)  # fmt: skip
