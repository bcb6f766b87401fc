"""A guideline: levels, and rules as functions whose argument names are what they need."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, Unpack

from . import sealing, validity
from .entries import PERIOD_BEGINS, PERIOD_ENDS, Period, When
from .finding import SEVERITIES
from .industry import Industry
from .parameters import Parameters
from .rounding import ROUNDINGS
from .rules import (
    CHOICE,
    DATE,
    INPUT,
    QUANTITY,
    WORDS,
    Check,
    CheckTerms,
    ChoiceTerms,
    FieldTerms,
    GuidelineFault,
    InputTerms,
    Level,
    QuantityTerms,
    Rule,
    arguments_of,
    dated_name,
    days,
)
from .text import Text

Function = TypeVar("Function", bound=Callable[..., Any])

PARAMETERS = Path(__file__).parents[1] / "parameters"
SHARED = "shared"
Day = date
"""A day of the calendar; `Guideline.date` registers a field."""

LEVEL_LABELS = {
    "enterprise": Text("企业", "Enterprise"),
    "unit": Text("机组", "Unit"),
    "line": Text("生产线", "Line"),
    "process": Text("工序", "Process"),
    "month": Text("月份", "Month"),
    "fuel": Text("燃料", "Fuel"),
    "product": Text("产品", "Product"),
    "material": Text("原料", "Material"),
}


class RuleEdition:
    """What is law in a period: for each name one rule; the checks in force.

    Where the law of a name changes within the period, all its definitions stand in `divided`, in order, and `rules`
    has the last of them: a year's form asks for it. Records below a month then go by the law of their own month.
    """

    def __init__(
        self,
        rules: Mapping[str, Rule],
        checks: tuple[Check, ...],
        divided: Mapping[str, tuple[Rule, ...]] | None = None,
    ) -> None:
        self.rules, self.checks, self.divided = rules, checks, divided or {}

    def __contains__(self, name: object) -> bool:
        return name in self.rules

    def __getitem__(self, name: str) -> Rule:
        return self.rules[name]

    def get(self, name: str) -> Rule | None:
        return self.rules.get(name)

    @cached_property
    def definitions(self) -> tuple[Rule, ...]:
        """Every definition that is law on some day of the period."""
        return tuple(law for name, rule in self.rules.items() for law in self.divided.get(name, (rule,)))

    @cached_property
    def by_level(self) -> dict[str, tuple[Rule, ...]]:
        """The rules of each level, in the order in which the guideline states them."""
        levels = {rule.level for rule in self.rules.values()}
        return {level: tuple(r for r in self.rules.values() if r.level == level) for level in levels}


class Guideline:
    """Registers inputs, choices, quantities and checks; `seal()` at the module's end proves that they fit.

    `levels` names each kind of record, outermost first, with its plural, or with a `Level` where the kernel has no
    label for it. Each level lies under the one before it, unless `under={"product": "month"}` says otherwise.
    Parameters come from `rulebook/parameters/<name>/` and `rulebook/parameters/shared/`, unless given. A guideline by
    which the enterprises of an industry account for a year declares the industry.
    Records at or below a level `month` are about that month, all others about a year; with `by_day` the guideline is
    asked for days, such as those of trades or fines. What a period cannot tell apart is refused (`validity.py`).
    """

    def __init__(
        self,
        name: str,
        *,
        title: Text,
        levels: Mapping[str, str | Level],
        parameters: Parameters | None = None,
        under: Mapping[str, str] | None = None,
        by_day: bool = False,
        industry: Industry | None = None,
    ) -> None:
        self.name, self.title, self.by_day, self.industry = name, title, by_day, industry
        self.levels: dict[str, Level] = {}
        for level, how in levels.items():
            if not isinstance(how, Level) and level not in LEVEL_LABELS:
                raise GuidelineFault(f"level {level!r} needs a label: Level({how!r}, Text(…, …))")
            self.levels[level] = how if isinstance(how, Level) else Level(how, LEVEL_LABELS[level])
        # For each level but the first the one that holds it: the one before it, unless `under` says otherwise.
        self.under: dict[str, str] = {}
        for before, level in pairwise(self.levels):
            above = (under or {}).get(level, before)
            if above not in {next(iter(self.levels)), *self.under}:
                raise GuidelineFault(f"level {level!r} cannot lie under {above!r}: that is not stated before it")
            self.under[level] = above
        self.parameters = parameters or Parameters.load(PARAMETERS / name, PARAMETERS / SHARED)
        self.rules: dict[str, list[Rule]] = {}
        self.checks: list[Check] = []
        self.sealed = False
        self._changes: list[Day] = []
        self._editions: dict[tuple[int, int], RuleEdition] = {}

    def __repr__(self) -> str:
        return f"Guideline({self.name!r})"

    # --- registration ---------------------------------------------------------------------------

    def input(
        self, unit: str, *, level: str, label: Text, **terms: Unpack[InputTerms]
    ) -> Callable[[Function], Function]:
        """A number that somebody files. `decimals` is the scale declared for it; more digits are rounded half up."""
        return self._rule(INPUT, level=level, label=label, unit=unit, **terms)

    def choice(
        self, *, level: str, label: Text, options: Mapping[str, Text], **terms: Unpack[ChoiceTerms]
    ) -> Callable[[Function], Function]:
        """A code out of `options`, a key for parameters. A function with arguments derives it (a classification)."""
        return self._rule(CHOICE, level=level, label=label, options=dict(options), **terms)

    def text(self, *, level: str, label: Text, **terms: Unpack[FieldTerms]) -> Callable[[Function], Function]:
        """Words that somebody files, for example a meter's number."""
        return self._rule(WORDS, level=level, label=label, **terms)

    def date(self, *, level: str, label: Text, **terms: Unpack[FieldTerms]) -> Callable[[Function], Function]:
        """A day that somebody files, as YYYY-MM-DD."""
        return self._rule(DATE, level=level, label=label, **terms)

    def quantity(
        self, unit: str, *, level: str, label: Text, **terms: Unpack[QuantityTerms]
    ) -> Callable[[Function], Function]:
        """A number that follows from others. With `decimals` it is rounded by law, and what follows uses that."""
        return self._rule(QUANTITY, level=level, label=label, unit=unit, **terms)

    def check(
        self, code: str, *, severity: str, level: str, message: Text, expected: Text, **terms: Unpack[CheckTerms]
    ) -> Callable[[Function], Function]:
        """A question; the function answers yes (or, for children, yes for each) where there is a finding."""
        if severity not in SEVERITIES:
            raise GuidelineFault(f"{code}: severity {severity!r} is none of {', '.join(SEVERITIES)}")

        def register(function: Function) -> Function:
            since = {"since": dated_name(function)[1], **days(terms)}
            described = {"code": code, "severity": severity, "level": level, "message": message, "expected": expected}
            check = Check(function=function, arguments=arguments_of(function), **described, **since)  # type: ignore[arg-type]  # a TypedDict merged
            self._admit(code, check)
            self.checks.append(check)
            return function

        return register

    def _rule(self, kind: str, **how: Any) -> Callable[[Function], Function]:
        def register(function: Function) -> Function:
            name, since = dated_name(function)
            rule = Rule(
                name=name,
                kind=kind,
                function=function,
                arguments=arguments_of(function),
                **{"since": since} | days(how),
            )
            self._admit(name, rule)
            self.rules.setdefault(name, []).append(rule)
            return function

        return register

    def _admit(self, name: str, item: Rule | Check) -> None:
        if self.sealed:
            raise GuidelineFault(f"{self.name} is sealed: {name} comes too late")
        if item.level not in self.levels:
            raise GuidelineFault(f"{name}: level {item.level!r} is none of {', '.join(self.levels)}")
        if isinstance(item, Rule) and item.rounding not in ROUNDINGS:
            raise GuidelineFault(f"{name}: rounding {item.rounding!r} is none of {', '.join(ROUNDINGS)}")

    # --- reading --------------------------------------------------------------------------------

    def seal(self) -> Guideline:
        """Prove that the rules fit together (`validity.py`, `sealing.py`), and accept no more of them."""
        if not self.sealed:
            validity.settle(self)
            sealing.prove(self)
            self._changes = self.boundaries()
            self.sealed = True
        return self

    def edition(self, when: When) -> RuleEdition:
        """What is law in that year, on that day or in that period; drafted once for the days between two changes."""
        self.seal()
        period = Period.spanning(when)
        stretch = bisect_right(self._changes, period.first), bisect_right(self._changes, period.last)
        if stretch not in self._editions:
            self._editions[stretch] = self.draft_edition(period)
        return self._editions[stretch]

    def draft_edition(self, when: When) -> RuleEdition:
        """The edition as far as registered, not proven and not kept."""
        period = Period.spanning(when)
        rules, divided = {}, {}
        for name, definitions in self.rules.items():
            in_force = sorted((r for r in definitions if r.touches(period)), key=lambda r: r.since)
            if in_force:
                rules[name] = in_force[-1]
            if in_force and not in_force[-1].covers(period):
                divided[name] = tuple(in_force)
        return RuleEdition(rules, tuple(c for c in self.checks if c.touches(period)), divided)

    def boundaries(self) -> list[Day]:
        """The days on which the law changes: the first of each stretch without a change."""
        items: list[Rule | Check] = [r for rules in self.rules.values() for r in rules] + list(self.checks)
        after = {i.until + validity.A_DAY for i in items if i.until != PERIOD_ENDS}
        return sorted({PERIOD_BEGINS} | {i.since for i in items} | after)

    @property
    def top(self) -> str:
        """The outermost level."""
        return next(iter(self.levels))

    @property
    def unit_level(self) -> str:
        """The level below the outermost one: a unit, a line, a process; empty where there is none."""
        return next((level for level, above in self.under.items() if above == self.top), "")

    def line(self, level: str) -> tuple[str, ...]:
        """The level and those above it, from the inside out."""
        above = self.under.get(level)
        return (level, *self.line(above)) if above else (level,)

    def label(self, name: str) -> Text:
        """What a rule or a parameter is called."""
        table = self.parameters.get(name)
        return table.label if table else self.rules[name][-1].label

    def is_above(self, high: str, low: str) -> bool:
        """Whether records of level `high` hold records of level `low`."""
        return high != low and high in self.line(low)
