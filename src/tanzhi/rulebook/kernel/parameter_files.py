"""Reads parameter tables out of YAML and proves them; the only part of the rulebook that reads data files.

A file holds one parameter, or a list of them (a small group of the same clause):

    name: oxidation_rate
    label: {zh: 碳氧化率, en: Carbon oxidation rate}
    unit: "1"                         # MMDD: a day of each year; YYYYMMDD: a day
    whole: true                       # a count, which has no fraction; left out: false
    keys: [fuel]                      # choices or levels; none: one value for all
    values:
      - fuel: [bituminous, lignite]   # one code or several
        value: "0.99"                 # a decimal in quotation marks
        since: 2019                   # a year, a month "2022-06" or a day 2022-06-15
        until: 2025                   # inclusive; left out: still valid
        unit: "GJ/10^4 Nm3"           # left out: the table's
        months: [4, 6, 9, 11]         # only in these months of each year; left out: in all
        status: final                 # final (default), draft, provisional (an older value that stands in until the
                                      # year's own is published), or unsettled: read somewhere, but not used
        source: ...
        confidence: S
        note: ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .entries import PERIOD_ENDS, DatedValue, Parameter, ParameterFault, Period
from .text import Text
from .yaml_files import LOADER

CONFIDENCES = {
    "V": Text("官方原文", "official text read"),
    "O": Text("官方来源", "official source"),
    "S": Text("来源文本", "read in a source"),
    "DB": Text("研究数据库转录的官方文件", "a research database's reading of the official file"),
    "A": Text("程序代码转录", "from published code"),
    "P": Text("新闻报道", "from the press"),
    "M-high": Text("未查到官方原文，可信度高", "official text not seen, confidence high"),
    "M-med": Text("未查到官方原文，可信度中", "official text not seen, confidence medium"),
    "M-low": Text("未查到官方原文，可信度低", "official text not seen, confidence low"),
    "C": Text("计算所得", "computed"),
    "D": Text("设计建议", "design advice"),
    "INF": Text("推断", "inferred"),
}
OFFICIAL = {"V", "O", "S"}
STATUSES = ("final", "draft", "provisional", "unsettled")

_TABLE_FIELDS = {"name", "label", "unit", "whole", "keys", "values", "law", "note"}
_TABLE_NEEDS = {"name", "label", "unit", "values"}
_ENTRY_FIELDS = {"value", "unit", "since", "until", "months", "status", "source", "confidence", "note"}
_ENTRY_NEEDS = {"value", "since", "source", "confidence"}
_DECIMAL = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
_DAY = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Located:
    """A piece of a file that knows where it stands."""

    node: yaml.Node
    file: str

    def fault(self, message: str) -> ParameterFault:
        return ParameterFault(message, self.file, self.node.start_mark.line + 1)

    def fields(self, allowed: set[str], needed: set[str]) -> dict[str, Located]:
        """A mapping's fields, none unknown, none twice, none that is needed missing or empty."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("expected fields with names")
        located: dict[str, Located] = {}
        for key, value in self.node.value:
            here = Located(key, self.file)
            if key.value not in allowed:
                raise here.fault(f"unknown field {key.value!r}; allowed: {', '.join(sorted(allowed))}")
            if key.value in located:
                raise here.fault(f"field {key.value!r} stands twice")
            if value.tag != _NULL:
                located[key.value] = Located(value, self.file)
        for name in sorted(needed - set(located)):
            raise self.fault(f"field {name!r} is missing")
        return located

    def items(self) -> list[Located]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("expected a list")
        return [Located(node, self.file) for node in self.node.value]

    def words(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.fault("expected words")
        return str(self.node.value)

    def codes(self) -> tuple[str, ...]:
        several = isinstance(self.node, yaml.SequenceNode)
        return tuple(code.words() for code in self.items()) if several else (self.words(),)

    def text(self) -> Text:
        both = self.fields({"zh", "en"}, {"zh", "en"})
        return Text(both["zh"].words(), both["en"].words())

    def number(self) -> Decimal:
        written = self.words()
        if self.node.tag != _STRING or not _DECIMAL.fullmatch(written):
            raise self.fault(f"a value is a decimal in quotation marks, not {written}")
        return Decimal(written)


def read_folder(folder: Path) -> Iterator[Parameter]:
    """The tables of every YAML file below the folder, in the order of their paths."""
    for path in sorted(folder.rglob("*.yaml")):
        yield from read_file(path.read_text(encoding="utf-8"), str(path.relative_to(folder.parent)))


def read_file(content: str, file: str) -> list[Parameter]:
    """The tables of one file."""
    try:
        node = yaml.compose(content, Loader=LOADER)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        raise ParameterFault(str(fault.problem), file, line) from fault
    if node is None:
        raise ParameterFault("the file is empty", file, 1)
    several = isinstance(node, yaml.SequenceNode)
    top = Located(node, file)
    tables = []
    for here in top.items() if several else [top]:
        fields = here.fields(_TABLE_FIELDS, _TABLE_NEEDS)
        keys = fields["keys"].codes() if "keys" in fields else ()
        entries: list[DatedValue] = []
        for row in fields["values"].items():
            entry = _entry(row, keys)
            _refuse_overlap(entry, entries)
            entries.append(entry)
        tables.append(
            Parameter(
                name=fields["name"].words(),
                label=fields["label"].text(),
                unit=fields["unit"].words(),
                whole=_optional(fields, "whole") == "true",
                keys=keys,
                entries=tuple(entries),
                law=_optional(fields, "law"),
                note=_optional(fields, "note"),
                file=here.file,
                line=here.node.start_mark.line + 1,
            )
        )
    return tables


def _entry(row: Located, keys: tuple[str, ...]) -> DatedValue:
    fields = row.fields(_ENTRY_FIELDS | set(keys), _ENTRY_NEEDS | set(keys))
    status = _optional(fields, "status") or "final"
    confidence = fields["confidence"].words()
    if status not in STATUSES:
        raise fields["status"].fault(f"status {status!r} is none of {', '.join(STATUSES)}")
    if confidence not in CONFIDENCES:
        raise fields["confidence"].fault(f"confidence {confidence!r} is none of {', '.join(CONFIDENCES)}")
    since = period_of(fields["since"].words())
    until = period_of(fields["until"].words()) if "until" in fields else Period(PERIOD_ENDS, PERIOD_ENDS)
    if since is None:
        raise fields["since"].fault("since is a year, a month 2022-06 or a day 2022-06-15")
    if until is None:
        raise fields["until"].fault("until is a year, a month 2022-06 or a day 2022-06-15")
    if until.last < since.first:
        raise fields["until"].fault("until lies before since")
    months = fields["months"].codes() if "months" in fields else ()
    if not all(code.isascii() and code.isdigit() and 1 <= int(code) <= 12 for code in months):
        raise fields["months"].fault("months are numbers from 1 to 12")
    return DatedValue(
        keys={key: fields[key].codes() for key in keys},
        value=fields["value"].number(),
        since=since.first,
        until=until.last,
        months=tuple(int(code) for code in months),
        unit=_optional(fields, "unit"),
        status=status,
        source=fields["source"].words(),
        confidence=confidence,
        note=_optional(fields, "note"),
        file=row.file,
        line=row.node.start_mark.line + 1,
    )


def _optional(fields: Mapping[str, Located], name: str) -> str:
    return fields[name].words() if name in fields else ""


def period_of(written: str) -> Period | None:
    """The days of "2022", "2022-06" or "2022-06-15"; None if it is none of these."""
    match = _DAY.fullmatch(written)
    if not match:
        return None
    year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
    try:
        if day:
            exact = date(year or 0, month or 0, day)
            return Period(exact, exact)
        return Period.of(year or 0, month)
    except ValueError:
        return None


def _refuse_overlap(entry: DatedValue, entries: list[DatedValue]) -> None:
    """Two values for one key and day; tables that are told but unsettled may differ."""
    for other in entries:
        if "unsettled" not in (entry.status, other.status) and entry.overlaps(other):
            raise ParameterFault(f"overlaps with the value in line {other.line}", entry.file, entry.line)


def read_entered(raw: Mapping[str, Any], table: Parameter, number: int) -> DatedValue:
    """An administrator's entry as a value of the table."""
    written = {name: str(raw.get(name) or "") for name in ("value", "source", "entered_by", "entered_at", "note")}
    for name in ("value", "source", "entered_by", "entered_at"):
        if not written[name]:
            raise ParameterFault(f"{table.name}: {name} is missing", "entered", number)
    if isinstance(raw["value"], float) or not _DECIMAL.fullmatch(written["value"]):
        raise ParameterFault(f"{table.name}: a value is a decimal string, not {raw['value']!r}", "entered", number)
    since = period_of(str(raw.get("since") or ""))
    until = period_of(str(raw["until"])) if raw.get("until") else Period(PERIOD_ENDS, PERIOD_ENDS)
    if since is None or until is None or until.last < since.first:
        raise ParameterFault(f"{table.name}: since and until are years, months or days, in order", "entered", number)
    keys = raw.get("keys") or {}
    if set(keys) != set(table.keys):
        raise ParameterFault(f"{table.name}: keys are {', '.join(table.keys) or 'none'}", "entered", number)
    entry = DatedValue(
        keys={name: (str(code),) for name, code in keys.items()},
        since=since.first,
        until=until.last,
        confidence="entered",
        unit=table.unit_of({name: str(code) for name, code in keys.items()}),
        file="entered",
        line=number,
        **{**written, "value": Decimal(written["value"])},  # type: ignore[arg-type]  # the words are strings, the value a Decimal
    )
    if not raw.get("supersedes"):
        _refuse_overlap(entry, list(table.entered))
    return entry
