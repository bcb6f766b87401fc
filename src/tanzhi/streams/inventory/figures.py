"""The published figures of the inventory: row 24 of the press conference, by gas and by sector."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tanzhi.figures import FigureAnswer, Part, Question, figure
from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.nodes import WITHHELD
from tanzhi.figures.places import region_of
from tanzhi.figures.readers import CONFIDENTIAL
from tanzhi.rulebook.inventory.categories import CATEGORIES, GASES, GROUPS, MEMO, SECTORS
from tanzhi.rulebook.kernel import HALF_UP, Mark, RecordNode, Text, Value
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.states import BLANK, KNOWN
from tanzhi.rulebook.kernel.text import same

from .disclosure import WITHOUT_LAND, hidden_rows, is_hidden
from .lineage import KIND
from .models import PUBLISHED, Inventory, Run
from .queries import has_land, newest_published, standing, summary_of_run

UNIT = "10^4 tCO2e"
ROW = 24
NOTHING = Text("该年尚无清单", "there is no inventory of that year yet")
PROVISIONAL = Text("清单正在编制，数据为初步结果", "the inventory is in compilation: figures are provisional")
BLANK_CELLS = Text("{of}格中有{n}格尚未填报或标注", "{n} of {of} cells are neither filed nor noted")
WEAK_CELLS = Text(
    "{of}格中有{n}格所用因子未能查阅官方原文", "{n} of {of} cells use factors whose official text could not be read"
)
UNREAD = {"M-high", "M-med", "M-low", "A"}
ROUNDED = Text("各项分别修约，合计按未修约值计算", "each is rounded by itself, the total from unrounded values")


def wan(number: Decimal) -> Decimal:
    """tCO2e as 10^4 tCO2e, to two places."""
    return round_legally(number / 10000, 2, HALF_UP)


def inventory_of(question: Question) -> tuple[Inventory, Run, RecordNode] | None:
    """The inventory that speaks for the question, its run and its summary.

    A published inventory is years late: where the year asked for has none, the newest published one before speaks and
    says its year.
    """
    region, year = region_of(question), question.span.year
    inventory = standing(region, year)
    if inventory is None or inventory.state != PUBLISHED:
        inventory = newest_published(region, year) or inventory
    run = inventory.latest_run if inventory else None
    return (inventory, run, summary_of_run(run.pk, inventory.gwp_set)) if inventory and run else None


def part(run: Run, value: Value, label: Text) -> Part:
    """A value of the summary as a part of a figure; the reference walks down to it, for whoever may see it."""
    if is_hidden(hidden_rows(run), value.name, value.node.key if value.node and value.node.path else ""):
        return Part(label, None, UNIT, calculation_ref(KIND, run.pk, value), WITHHELD, reason=CONFIDENTIAL)
    number = wan(value.number) if isinstance(value.number, Decimal) else None
    return Part(label, number, UNIT, calculation_ref(KIND, run.pk, value), value.state, marks=value.marks)


def answered(question: Question, name: str, parts: Callable[[Run, RecordNode], list[Part]]) -> FigureAnswer:
    """One total of the summary with its parts."""
    summary = inventory_of(question)
    if summary is None:
        return FigureAnswer(None, BLANK, reason=NOTHING)
    inventory, run, node = summary
    value = node.value(name)
    if is_hidden(hidden_rows(run), name):
        return FigureAnswer(None, WITHHELD, reason=CONFIDENTIAL, scope=scope_of(inventory, run))
    number = wan(value.number) if isinstance(value.number, Decimal) else None
    return FigureAnswer(
        number,
        value.state,
        formula=ROUNDED,
        parts=parts(run, node),
        marks=reservations(inventory, run) | frozenset(value.marks),
        scope=scope_of(inventory, run),
    )


def reservations(inventory: Inventory, run: Run) -> frozenset[Mark]:
    """That it is in compilation, that cells are still blank, that factors rest on memory and not on a text."""
    cells = list(run.cells.all())
    blank = sum(1 for cell in cells if cell.mass is None and not cell.notation)
    weak = sum(1 for cell in cells if set(cell.marks) & UNREAD)
    marks = [Mark("provisional", PROVISIONAL, "")] if inventory.is_provisional else []
    marks += [Mark("incomplete", BLANK_CELLS.format(n=blank, of=len(cells)), "")] if blank else []
    marks += [Mark("unread", WEAK_CELLS.format(n=weak, of=len(cells)), "")] if weak else []
    return frozenset(marks)


PUBLISHED_WORDS = Text("已发布", "published")
COMPILING_WORDS = Text("正在编制，数据为初步结果", "in compilation, its results are provisional")


def scope_of(inventory: Inventory, run: Run) -> Text:
    """In which state the inventory is, how many gases it covers, by which potentials."""
    words = Text(
        "{year}年省级温室气体清单{state}，涵盖{n}类温室气体，采用{gwp}全球变暖潜势",
        "The provincial greenhouse gas inventory of {year} ({state}) covers {n} groups of gases, "
        "by the warming potentials of {gwp}",
    )
    state = PUBLISHED_WORDS if not inventory.is_provisional else COMPILING_WORDS
    groups = {GASES[cell.gas].group for cell in run.cells.all()}
    return words.format(year=inventory.year, state=state, n=len(groups), gwp=inventory.gwp_set)


def by_gas(run: Run, node: RecordNode) -> list[Part]:
    return [part(run, gas.value("gas_equivalent"), GASES[gas.key].label) for gas in node.at("gas")]


def by_sector(run: Run, node: RecordNode) -> list[Part]:
    counted = [code for code in SECTORS if code not in (MEMO, "land")]
    return [part(run, node.value(f"{code}_equivalent"), SECTORS[code]) for code in counted]


@figure(
    "inventory.total",
    title=Text("温室气体排放总量（不含土地利用变化和林业）", "Greenhouse gas emissions without land use"),
    unit=UNIT,
    stream="inventory",
    row=ROW,
)
def total_emission(question: Question) -> FigureAnswer:
    """Total of all sectors without land use, by gas (温室气体排放总量，不含土地利用变化和林业)."""
    return answered(question, "total_equivalent", by_gas)


NO_LAND_CELLS = Text("土地利用变化和林业尚无数值", "no number of land use is filed yet")


@figure(
    "inventory.net_total",
    title=Text("温室气体排放总量（含土地利用变化和林业）", "Greenhouse gas emissions with land use"),
    unit=UNIT,
    stream="inventory",
    row=ROW,
)
def net_emission(question: Question) -> FigureAnswer:
    """Total with land use, removals negative, by sector (温室气体排放总量，含土地利用变化和林业)."""

    summary = inventory_of(question)
    if summary is not None and not has_land(summary[1]):
        return FigureAnswer(None, BLANK, reason=NO_LAND_CELLS, scope=scope_of(summary[0], summary[1]))

    def parts(run: Run, node: RecordNode) -> list[Part]:
        return [*by_sector(run, node), part(run, node.value("land_equivalent"), SECTORS["land"])]

    return answered(question, "net_equivalent", parts)


def _sector_figure(code: str, label: Text) -> None:
    """A sector's total with its gases' categories below it."""

    @figure(
        f"inventory.sector_{code}",
        title=Text("{label}温室气体排放", "Greenhouse gases, {label}").format(label=label),
        unit=UNIT,
        stream="inventory",
        row=ROW,
    )
    def sector_emission(question: Question) -> FigureAnswer:
        """A sector's emissions in CO2 equivalent (分部门排放量)."""
        name = f"{code}_equivalent"
        return answered(question, name, lambda run, node: [part(run, node.value(name), label)])


def _gas_figure(group: str, label: Text) -> None:
    """A group's total: its gases, without land use."""

    @figure(
        f"inventory.gas_{group.lower()}",
        title=Text("{label}排放", "Emissions of {label}").format(label=label),
        unit=UNIT,
        stream="inventory",
        row=ROW,
    )
    def gas_emission(question: Question) -> FigureAnswer:
        """A group of gases in CO2 equivalent, without land use (分气体排放量)."""
        return group_answer(question, group)


NOT_OCCURRING = Text("本省不发生（NO）", "not occurring in the province (NO)")
NOT_STATED = Text("尚未填报", "not stated yet")


def group_answer(question: Question, group: str) -> FigureAnswer:
    """The gases of a group together; a group of which nothing was stated says so."""
    summary = inventory_of(question)
    if summary is None:
        return FigureAnswer(None, BLANK, reason=NOTHING)
    inventory, run, node = summary
    values = [gas.value("gas_equivalent") for gas in node.at("gas") if GASES[gas.key].group == group]
    numbers = [value.number for value in values if isinstance(value.number, Decimal)]
    parts = [part(run, value, GASES[value.node.key].label) for value in values if value.node]
    scope, marks = scope_of(inventory, run), reservations(inventory, run)
    if WITHOUT_LAND in hidden_rows(run):
        return FigureAnswer(None, WITHHELD, reason=CONFIDENTIAL, scope=scope)
    if numbers:
        return FigureAnswer(wan(sum(numbers, Decimal(0))), KNOWN, ROUNDED, parts=parts, marks=marks, scope=scope)
    if all(cell.notation in ("NO", "NA") for cell in run.cells.all() if GASES[cell.gas].group == group):
        # The notation keys that say that none of the group's gases occurs, each to walk on to.
        gases = [code for code, gas in GASES.items() if gas.group == group]
        rows = inventory.notations.filter(gas__in=gases).order_by("category", "gas")
        return FigureAnswer(
            Decimal(0),
            KNOWN,
            NOT_OCCURRING,
            parts=[
                Part(
                    CATEGORIES[row.category].label,
                    Decimal(0),
                    UNIT,
                    f"inventory.notation:{row.pk}",
                    detail=same(row.key),
                )
                for row in rows
            ],
            marks=marks,
            scope=scope,
        )
    return FigureAnswer(None, BLANK, reason=NOT_STATED, marks=marks, scope=scope)


for _code, _label in SECTORS.items():
    if _code != MEMO:
        _sector_figure(_code, _label)
for _group, _words in GROUPS.items():
    _gas_figure(_group, _words)
