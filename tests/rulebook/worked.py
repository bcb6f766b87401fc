"""Worked examples as data: each file of `cases/` names its guideline, or a case does; both evaluators must answer it.

A case: name, year, record, `day` (of an act; columns answer for whole years only), `expected` (path → quantity → value
as reported, null where there is none) and `near` (the same, rounded half up to the digits that the source prints).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.columns import Columns, flatten
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.yaml_files import read_yaml

FOLDER = Path(__file__).with_name("cases")
Ask = Callable[[str, str], Any]
"""Gives the number of a quantity at a path."""


@dataclass(frozen=True)
class Case:
    guideline: Guideline
    told: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.guideline.name}: {self.told['name']}"

    @property
    def year(self) -> int:
        return int(self.told["year"])

    def faults(self, ask: Ask) -> list[str]:
        """What the evaluator answers otherwise than the example."""
        return [
            f"{path or 'top'} {name}: {found!r}, expected {wanted!r}"
            for kind, same in (("expected", _same), ("near", _near))
            for path, names in self.told.get(kind, {}).items()
            for name, wanted in names.items()
            if not same(found := ask(path, name), wanted)
        ]


@cache
def cases() -> tuple[Case, ...]:
    """Every case with a record, of every file."""
    return tuple(
        Case(guidelines()[case.get("guideline", path.stem)], case)
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in read_yaml(path)
        if "record" in case and ("expected" in case or "near" in case)
    )


def by_records(case: Case) -> Ask:
    top = evaluate(case.guideline, case.year, case.told["record"], on=case.told.get("day"))
    nodes = {node.path: node for node in top.walk()}
    return lambda path, name: nodes[path].value(name).number


def by_columns(case: Case) -> Ask:
    columns = Columns(case.guideline, case.year, flatten(case.guideline, [case.told["record"]]))
    rows = {
        (columns.node(level, row).path, level): row
        for level, size in columns.tables.sizes.items()
        for row in range(size)
    }

    def ask(path: str, name: str) -> Any:
        return columns.column(name).number(rows[path, columns.edition[name].level])

    return ask


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, Decimal) and wanted is not None:
        return found == Decimal(str(wanted))
    return found is None if wanted is None else str(found) == str(wanted)


def _near(found: Any, wanted: str) -> bool:
    return isinstance(found, Decimal) and found.quantize(Decimal(wanted), ROUND_HALF_UP) == Decimal(wanted)
