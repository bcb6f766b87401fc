"""How the national platform's month form (全国碳排放管理平台 月度信息化存证) calls what a guideline's month asks for.

The words of an industry stand in its own table (`Industry.month_layout`); an input without a line there goes under its
own label, so that nothing that a month states is lost on the way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tanzhi.rulebook.kernel import FieldSpec, FormSpec, Guideline, TableSpec, form
from tanzhi.rulebook.kernel.forms import NUMBER
from tanzhi.rulebook.kernel.yaml_files import read_yaml

LINE, SOURCE, MATERIAL, PARAMETER, METHOD = "line", "source", "material", "parameter", "method"
VALUE, UNIT, ORIGIN, PAPERS = "value", "unit", "origin", "papers"
HEADINGS = {
    LINE: "生产线",
    SOURCE: "排放源",
    MATERIAL: "物料",
    PARAMETER: "参数",
    METHOD: "取值方式",
    VALUE: "数值",
    UNIT: "单位",
    ORIGIN: "数据来源",
    PAPERS: "支撑材料",
}
MEASURED, DEFAULT, COMPUTED = "实测值", "缺省值", "计算值"
METHODS = (MEASURED, DEFAULT, COMPUTED)


@dataclass(frozen=True, slots=True)
class LayoutSource:
    """An emission source (排放源) or a group of data, and at which level of the record its parameters stand."""

    code: str
    level: str
    words: str
    fields: frozenset[str] = frozenset()  # its inputs; none: all that no other source of its level has


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutParameter:
    """A parameter (参数): its words, the input that it is, and our quantities beside which its value is set."""

    words: str
    source: LayoutSource
    unit: str
    also: tuple[str, ...] = ()
    by_volume: str = ""  # its unit for what is measured by volume
    field: FieldSpec | None = None
    computed: str = ""
    default: tuple[str, ...] = ()
    unless: str = ""
    decimals: int | None = None  # of the computed and default values
    times: str = "1"  # from our quantity to the form's unit
    papers: bool = False  # its supporting material is the report's number


@dataclass(frozen=True, slots=True)
class MonthLayout:
    """The whole form of one guideline and year."""

    guideline: Guideline
    form: FormSpec
    line: str
    month: TableSpec
    material: TableSpec
    by_volume: frozenset[str]
    papers: str
    synonyms: Mapping[str, str]
    other_materials: Mapping[str, str]
    sources: tuple[LayoutSource, ...]
    parameters: tuple[LayoutParameter, ...]

    def unit_of(self, parameter: LayoutParameter, material: str) -> str:
        return parameter.by_volume if parameter.by_volume and material in self.by_volume else parameter.unit

    def material_words(self, parameter: LayoutParameter, material: str) -> str:
        """A fuel by its label; of what is no fuel, what it is about."""
        if parameter.source.level == self.material.level and self.material.key:
            return self.material.key.options[material].zh
        return self.other_materials.get(parameter.unit, self.other_materials[""])


@lru_cache(maxsize=64)
def month_layout(guideline: Guideline, form_code: str, year: int) -> MonthLayout | None:
    """None where the national platform has no form for the guideline's months."""
    if guideline.industry is None or guideline.industry.month_layout is None:
        return None
    content: dict[str, Any] = read_yaml(guideline.industry.month_layout)
    spec = form(guideline, form_code, year)
    month, material = spec.table("month"), spec.table(content["material"])
    if month is None or material is None:
        return None
    sources = tuple(
        LayoutSource(raw["code"], raw["level"], raw["zh"], frozenset(raw.get("fields", ())))
        for raw in content["sources"]
    )
    listed = {raw["field"]: raw for raw in content["parameters"] if "field" in raw}
    tables = {table.level: table for table in (material, month)}
    parameters = []
    for source in sources:
        named = {name for other in sources if other != source for name in other.fields}
        for field in tables[source.level].fields:
            if field.kind == NUMBER and (field.name in source.fields or not (source.fields or field.name in named)):
                raw = listed.get(field.name, {"zh": field.label.zh, "unit": field.unit})
                parameters.append(_parameter(raw, source, field))
        if not source.fields and source.level == material.level:
            parameters += [_parameter(raw, source, None) for raw in content["parameters"] if "field" not in raw]
    return MonthLayout(
        guideline=guideline,
        form=spec,
        line=content["line"],
        month=month,
        material=material,
        by_volume=frozenset(content["by_volume"]),
        papers=content["papers"],
        synonyms=content["synonyms"],
        other_materials=content["materials"],
        sources=sources,
        parameters=tuple(parameters),
    )


def _parameter(raw: Mapping[str, Any], source: LayoutSource, field: FieldSpec | None) -> LayoutParameter:
    return LayoutParameter(
        words=raw["zh"],
        source=source,
        unit=raw["unit"],
        also=tuple(raw.get("also", ())),
        by_volume=raw.get("by_volume", ""),
        field=field,
        computed=raw.get("computed", ""),
        default=tuple(raw.get("default", ())),
        unless=raw.get("unless", ""),
        decimals=raw.get("decimals"),
        times=raw.get("times", "1"),
        papers=raw.get("papers", False),
    )
