"""Compiling: deposited filings and notations into the cells of a run, refused whole with every reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.filings.months.model import Result, Version
from tanzhi.filings.results.lineage import release_of, root_of
from tanzhi.law.evaluation import release
from tanzhi.rulebook.inventory.categories import Category, cells
from tanzhi.rulebook.inventory.summary import inventory as summary
from tanzhi.rulebook.kernel import HALF_UP, Finding, Text, check
from tanzhi.rulebook.kernel.finding import ERROR
from tanzhi.rulebook.kernel.rounding import plain, round_legally
from tanzhi.rulebook.kernel.states import KNOWN, NOT_DETERMINABLE
from tanzhi.rulebook.kernel.text import same

from .models import CONFIDENTIAL, Cell, Inventory, Notation, Run
from .queries import deposited_versions, latest_runs, summary_of

NOTHING_STANDS = ("NO", "NE", "NA", "IE")  # each says that the cell holds no number; C says that nobody shows it
PLACES = 12  # decimals of a tonne
Results = dict[tuple[str, str, str], Result]  # by guideline, place and quantity


@dataclass(slots=True)
class Compilation:
    """What a compilation found: its cells, and what stands in its way."""

    cells: list[Cell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


_NOTHING_FILED = Text("{year} 年尚无已存证的活动水平数据", "no activity data of {year} are deposited yet")
_STOPPED = Text("有 {n} 处不能汇总，未保存任何结果", "{n} cells stand in the way; nothing was kept")


_NO_POTENTIAL = Text(
    "{gas} 在 {gwp_set} 中没有全球变暖潜势（{why}）", "{gas} has no warming potential in {gwp_set} ({why})"
)


def compile_run(call: Call, inventory: Inventory) -> Run:
    """The next run of the inventory; nothing is kept where a cell cannot be determined."""
    versions = deposited_versions(inventory)
    if not versions:
        raise Refused("INV-11", _NOTHING_FILED.format(year=inventory.year), 422)
    compilation = compiled(inventory, versions)
    root = summary_of(inventory, compilation.cells)
    for node in root.at("gas"):
        # Every gas that is counted has a warming potential in the report's set.
        potential = node.value("warming_potential")
        if potential.state != KNOWN:
            why = potential.reason or same(potential.state)
            message = _NO_POTENTIAL.format(gas=node.key, gwp_set=inventory.gwp_set, why=why)
            compilation.findings.append(
                Finding("INV-10", ERROR, node.path, "gas", same(node.key), inventory.gwp_label, message)
            )
    compilation.findings += [finding for finding in check(root) if finding.severity == ERROR]
    if compilation.findings:
        raise Refused("INV-COMPILE", _STOPPED.format(n=len(compilation.findings)), 422, compilation.findings)
    before = inventory.latest_run
    run = Run.objects.create(
        inventory=inventory,
        number=before.number + 1 if before else 1,
        versions={name: version.pk for name, version in versions.items()},
        release=release(summary),
        person_id=call.actor.person_id or 0,
        person_name=call.actor.name,
        at=call.now,
    )
    for cell in compilation.cells:
        cell.run = run
    Cell.objects.bulk_create(compilation.cells)
    call.attach("run", run.number)
    call.attach("cells", digest_of(compilation.cells))
    call.attach("versions", {name: version.digest for name, version in versions.items()})
    return run


_CONTRADICTS = Text(
    "标注为 {key}，但已有填报值 {value}；请撤回标注，或更正填报",
    "is noted as {key}, yet {value} was filed: take the note back, or correct the filing",
)
_UNDETERMINED = Text("无法确定（{why}）", "cannot be determined ({why})")


def compiled(inventory: Inventory, versions: dict[str, Version]) -> Compilation:
    """The cells as the deposited filings and the notations give them; not saved."""
    noted = {(notation.category, notation.gas): notation for notation in inventory.notations.all()}
    # The stored results of the versions by guideline, the last release that computed each.
    names = {version.pk: name for name, version in versions.items()}
    rows = Result.objects.filter(version__in=list(names)).order_by("pk")
    results = {(names[row.version_id], row.where, row.quantity): row for row in rows}
    compilation = Compilation()
    for category, gas in cells():
        note = noted.get((category.code, gas))
        # The category's quantity in the deposited version, with its state, reason and marks; None where none was
        # filed.
        source = category.values.get(gas)
        version = versions.get(source.guideline) if source else None
        if source is None or version is None:
            value = None
        else:
            root = root_of(version.pk, release_of(version.filing))
            node = next((child for child in root.walk() if child.path == source.place), None)
            value = node.value(source.quantity) if node else None
        # A key that says that there is no number, beside a number that was filed: it would vanish from every total.
        if note and note.key in NOTHING_STANDS and value is not None and value.number:
            words = _CONTRADICTS.format(key=note.key, value=value.number)
            compilation.findings.append(finding("INV-11", category, gas, same(note.key), words))
        if note is None and value is not None and value.state == NOT_DETERMINABLE:
            compilation.findings.append(
                finding(
                    "INV-08", category, gas, value.reason or same("-"), _UNDETERMINED.format(why=value.reason or "-")
                )
            )
        # The stored value of a cell, unless a notation says that it does not count; a confidential one counts.
        cell = Cell(category=category.code, gas=gas, notation=note.key if note else "")
        if value is not None and value.state == KNOWN and (note is None or note.key == CONFIDENTIAL):
            source = category.values[gas]
            stored = results[source.guideline, source.place, source.quantity]
            cell.result, cell.mass = stored, kept_mass(stored.value)
            cell.marks = sorted({mark.kind for mark in value.marks})
        compilation.cells.append(cell)
    return compilation


def kept_mass(value: str | None) -> str | None:
    """A mass as a cell keeps it: to a microgram, so that 44/12 and 44/28 end and every sum of cells is exact."""
    if value is None:
        return None
    words = plain(round_legally(Decimal(value), PLACES, HALF_UP))
    return words.rstrip("0").rstrip(".") if "." in words else words


def digest_of(rows: Iterable[Cell]) -> str:
    """SHA-256 over every cell in the order of the tree."""
    words = "\n".join(f"{c.category} {c.gas} {c.notation} {c.mass if c.mass is not None else ''}" for c in rows)
    return hashlib.sha256(words.encode()).hexdigest()


_BLANK = Text("既无数值，也无标注符号", "neither a value nor a notation key")
_NO_METHOD = Text(
    "无标注符号；本版指南未列核算方法，不能填报数值",
    "no notation key; the edition has no method here, so that no value can be filed",
)


def blank_cells(inventory: Inventory) -> list[tuple[Category, str]]:
    """Cells of the latest run with neither a value nor a notation key; before the first run all."""
    run = inventory.latest_run
    cells_by_category = {(c.category, c.gas): c for c in run.cells.all()} if run else {}
    return [
        (category, gas)
        for category, gas in cells()
        if (cell := cells_by_category.get((category.code, gas))) is None or (cell.mass is None and not cell.notation)
    ]


def blanks(inventory: Inventory) -> list[Finding]:
    """INV-11: what is said of each blank cell."""
    return [
        finding("INV-11", category, gas, Text("空白", "blank"), _BLANK if gas in category.values else _NO_METHOD)
        for category, gas in blank_cells(inventory)
    ]


_EXPECTED = Text("数值或标注符号", "a value or a notation key")
_KEY_EXPECTED = Text("标注符号", "a notation key")


def finding(code: str, category: Category, gas: str, actual: Text, message: Text) -> Finding:
    """What is told of a cell, with its category in words."""
    words = Text("{code} {label} {gas}：", "{code} {label} {gas}: ")
    text = words.format(code=category.code, label=category.label, gas=gas) + message
    expected = _EXPECTED if gas in category.values else _KEY_EXPECTED
    return Finding(code, ERROR, category.code, gas, actual, expected, text)


def filed_by(inventory: Inventory) -> set[int]:
    """Everybody who entered something that the latest run rests on."""
    return filers_of([inventory])[inventory.pk]


def filers_of(inventories: Sequence[Inventory]) -> dict[int, set[int]]:
    """By inventory, everybody who entered something that its latest run rests on: three queries for any number."""
    runs = latest_runs(inventories)
    persons: dict[int, set[int]] = {row.pk: set() for row in inventories}
    for key, person in Notation.objects.filter(inventory__in=inventories).values_list("inventory", "person_id"):
        persons[key].add(person)
    versions = {key: list(run.versions.values()) for key, run in runs.items()}
    every = {version for keys in versions.values() for version in keys}
    entered = dict(Version.objects.filter(pk__in=every).values_list("pk", "person_id"))
    for key, run in runs.items():
        persons[key] |= {run.person_id} | {entered[version] for version in versions[key] if version in entered}
    return persons
