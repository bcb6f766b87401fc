"""`tanzhi calc` and `tanzhi rules`: the rulebook alone, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .records import read_record
from .speaking import BAD_FILE, FROM_SYSTEM, NOT_THERE, REFUSED, AsJson, Language, Stopped, print_json, speak, stop

if TYPE_CHECKING:
    from tanzhi.rulebook.kernel import Finding, Guideline, RecordNode, Value

YEARS = range(2000, 2101)


_NO_FIELD = Text(
    "{file}：{year}年没有这些字段：{found}；应使用 tanzhi rules 所列的输入名称",
    "{file}: unknown in {year}: {found}; expected the input names that `tanzhi rules` lists",
)


def calc(
    guideline: Annotated[str, typer.Argument(help="核算指南 / guideline, e.g. power")],
    file: Annotated[Path, typer.Argument(help="嵌套记录的 JSON / nested records as JSON")],
    *,
    year: Annotated[int, typer.Option(min=YEARS[0], max=YEARS[-1], help="数据年度 / data year")],
    explain: Annotated[bool, typer.Option("--explain", help="逐层说明 / the whole tree")] = False,
    as_json: AsJson = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """按核算指南计算一份记录 / Compute a record by a guideline: JSON with every quantity out."""
    from tanzhi.law.shipped import evaluate, release
    from tanzhi.rulebook.kernel import explain as trace_of
    from tanzhi.rulebook.kernel import explain_text

    from .traces import trace_json

    try:
        record, guide = read_record(file), _guideline(guideline)
        # A misspelt field would silently be a blank: refuse it and name its place.
        if unknown := list(_unknown(guide, year, guide.top, record, "")):
            raise Stopped("CLI-FIELD", _NO_FIELD.format(file=file, found=", ".join(unknown), year=year), BAD_FILE)
        node = evaluate(guide, year, record)
    except Stopped as stopped:
        stop(stopped, language)
    if explain and not as_json:
        for value in _computed(node):
            typer.echo(explain_text(value, language))
        for finding in _findings(node):
            place = f"{finding.place} · " if finding.place else ""
            typer.echo(f"{finding.code} {place}{in_language(finding.message, language)}", err=True)
    else:
        trees = {"explained": [trace_json(trace_of(value)) for value in _computed(node)]} if explain else {}
        print_json(
            {
                "guideline": node.guideline.name,
                "year": node.year,
                "release": release(),
                **_record(node),
                "findings": [finding.as_dict() for finding in _findings(node)],
                **trees,
            }
        )
    if any(finding.severity == "error" for finding in _findings(node)):
        raise typer.Exit(REFUSED)


_NO_GUIDELINE = Text("没有核算指南“{found}”。现有：{known}", "there is no guideline “{found}”. There are: {known}")


def _guideline(name: str) -> Guideline:
    from tanzhi.rulebook.kernel import guidelines

    by_name = guidelines()
    if name not in by_name:
        raise Stopped("CLI-GUIDELINE", _NO_GUIDELINE.format(found=name, known=", ".join(by_name)), NOT_THERE)
    return by_name[name]


def _unknown(guideline: Guideline, year: int, level: str, record: dict[str, Any], place: str) -> Iterable[str]:
    filed = {r.name for r in guideline.edition(year).by_level.get(level, ()) if r.filed}
    below = {guideline.levels[low].plural: low for low, high in guideline.under.items() if high == level}
    for name, value in record.items():
        here = f"{place}.{name}" if place else name
        if name in below and isinstance(value, list):
            for i, row in enumerate(value):
                if isinstance(row, dict):
                    yield from _unknown(guideline, year, below[name], row, f"{here}[{i + 1}]")
                else:
                    yield f"{here}[{i + 1}]"
        elif name in below or name not in filed | {level}:
            yield here


def _findings(node: RecordNode) -> list[Finding]:
    from tanzhi.rulebook.kernel import check

    return check(node)


def _record(node: RecordNode) -> dict[str, Any]:
    """The record's quantities, and the records below it under their plurals."""
    from tanzhi.rulebook.kernel.rounding import plain

    quantities = {}
    for value in (value for value in node.all_values() if value.rule and not value.rule.filed):
        number = plain(value.number) if isinstance(value.number, Decimal) else value.number
        quantity: dict[str, Any] = {"value": number, "unit": value.unit, "state": value.state}
        if value.reason:
            quantity["reason"] = value.reason.as_dict()
        if value.marks:
            quantity["marks"] = sorted({mark.kind for mark in value.marks})
        quantities[value.name] = quantity
    levels = node.guideline.levels
    below = {levels[low].plural: [_record(child) for child in nodes] for low, nodes in node.below.items() if nodes}
    return {"level": node.level, "key": node.key, "place": node.path, "quantities": quantities, **below}


def _computed(node: RecordNode) -> list[Value]:
    """What is not used by another computed value: the tops of the trees, from the outermost level that has any."""
    values = [v for v in node.all_values() if v.rule and not v.rule.filed]
    used = {part.name for value in values for part in value.parts()}
    tops = [value for value in values if value.name not in used]
    return tops or [value for child in node.children for value in _computed(child)]


_RELEASE = Text("规则版本 {release}", "Rules release {release}")


def rules(
    guideline: Annotated[str | None, typer.Option(help="只列一部 / only this one")] = None,
    year: Annotated[int | None, typer.Option(help="该年有效者 / in force in that year")] = None,
    as_json: AsJson = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """规则目录 / The catalogue of rules: unit, rounding, law, and since when."""
    from tanzhi.law.shipped import release
    from tanzhi.rulebook.kernel import catalogue, guidelines

    try:
        selection = [_guideline(guideline)] if guideline else list(guidelines().values())
    except Stopped as stopped:
        stop(stopped, language)
    in_force_then = catalogue(selection)
    if year is not None:
        first, last = f"{year:04d}-01-01", f"{year:04d}-12-31"
        for described in in_force_then:
            described["rules"] = [
                r for r in described["rules"] if (r["since"] or "") <= last and first <= (r["until"] or last)
            ]
    if as_json:
        print_json({"release": release(), "guidelines": in_force_then})
        return
    speak(_RELEASE.format(release=release()), language)
    for described in in_force_then:
        typer.echo(f"\n{described['title'][language]} ({described['name']})")
        for rule in described["rules"]:
            unit = "" if rule["unit"] == "1" else f" [{rule['unit']}]"
            days = f" {rule['since'] or ''} – {rule['until'] or ''}" if rule["since"] or rule["until"] else ""
            law = f"  {rule['law']}" if rule["law"] else ""
            typer.echo(f"  {rule['level']:<10} {rule['name']}{unit}{days}  {rule['label'][language]}{law}")
