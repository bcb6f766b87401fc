"""How a rejected value is replaced: the prescribed conservative ways, as data that name their functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from typing import Any

from tanzhi.organisations.sectors import industries
from tanzhi.rulebook.checks import conservative
from tanzhi.rulebook.kernel.rounding import EXACT, plain, round_legally
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

BLANK, EVIDENCE = "blank", "evidence"


@dataclass(frozen=True, slots=True)
class Method:
    """One way of replacing a value: for which cells, and what must be stated for it."""

    code: str
    label: Text
    rule: str
    fields: frozenset[str]
    needs: frozenset[str]
    law: str
    part: bool = False  # only what a late calibration left uncovered is replaced

    @property
    def blanks(self) -> bool:
        """Whether the cells are emptied, so that the guideline's default takes their place."""
        return self.rule == BLANK

    @property
    def lowers_emission(self) -> bool:
        """Whether the outcome may lie below what was filed: only where another source proves it."""
        return self.rule == EVIDENCE

    def fits(self, field: str) -> bool:
        return not self.fields or field in self.fields

    def value(self, filed: Decimal, stated: dict[str, Decimal], decimals: int | None) -> str:
        """What takes the place of the filed value, to the decimals of its field."""
        if self.blanks:
            return ""
        if self.rule == EVIDENCE:
            replaced = stated["value"]
        else:
            function: Callable[..., Decimal] = getattr(conservative, self.rule)
            accuracies = {f"{name}_accuracy": stated[name] for name in ("actual", "required") if name in self.needs}
            rejected = stated["uncovered"] if self.part else filed
            with localcontext(EXACT):
                replaced = filed - rejected + function(rejected, **accuracies)
        return plain(replaced if decimals is None else round_legally(replaced, decimals))


@cache
def methods(guideline: str) -> dict[str, Method]:
    """Every method of an industry's guideline by its code; none where the industry has none."""
    industry = industries().get(guideline)
    rows: list[dict[str, Any]] = read_yaml(industry.methods) if industry and industry.methods else []
    return {
        row["code"]: Method(
            row["code"],
            Text(row["zh"], row["en"]),
            row["rule"],
            frozenset(row["fields"]),
            frozenset(row["needs"]),
            row["law"],
            bool(row.get("part")),
        )
        for row in rows
    }


def labels() -> dict[str, Text]:
    """What the methods of all industries are called; of a code that industries word differently, every wording."""
    wordings: dict[str, dict[Text, None]] = {}
    for guideline in industries():
        for code, method in methods(guideline).items():
            wordings.setdefault(code, {})[method.label] = None
    return {
        code: Text(" / ".join(label.zh for label in several), " / ".join(label.en for label in several))
        for code, several in wordings.items()
    }


def label_of(guideline: str, code: str) -> Text:
    """What the method of a redetermination is called in the guideline by which the report was made."""
    return methods(guideline)[code].label
