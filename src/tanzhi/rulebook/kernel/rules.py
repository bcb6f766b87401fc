"""What a guideline is made of: levels, rules and checks as plain, frozen descriptions."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

from .entries import PERIOD_BEGINS, PERIOD_ENDS, Period
from .rounding import HALF_UP
from .text import Text

SINCE = re.compile(r"^(?P<name>.+)_since_(?P<year>\d{4})(?:_(?P<month>\d{2})_(?P<day>\d{2}))?$")
FINAL = "final"
DRAFT = "draft"

INPUT = "input"
CHOICE = "choice"
WORDS = "text"
DATE = "date"
QUANTITY = "quantity"


class GuidelineFault(Exception):
    """The rulebook itself is wrong: a misspelt argument, a cycle, a level that does not fit. Never user data."""


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of record: its plural (the key in a record's data) and its label."""

    plural: str
    label: Text


@dataclass(frozen=True, slots=True)
class Argument:
    """What a rule needs by name; `optional` (a default of None) means that it may be blank."""

    name: str
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One definition of an input, a choice or a quantity, in force from `since` to `until`.

    Both are days and both inclusive, as those of a parameter. A definition that does not say when it ends is sealed
    with the day before the next definition of its name.
    """

    name: str
    kind: str
    level: str
    function: Callable[..., Any]
    arguments: tuple[Argument, ...]
    label: Text
    unit: str = "1"
    decimals: int | None = None
    rounding: str = HALF_UP
    law: str = ""
    since: date = PERIOD_BEGINS
    until: date = PERIOD_ENDS
    status: str = FINAL
    confidence: str = ""
    form: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    required: bool = False
    evidence: Text | None = None
    options: Mapping[str, Text] = field(default_factory=dict)
    empirical: bool = False

    filed: bool = field(init=False)
    """Whether somebody fills this in, as opposed to its being computed."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "filed", self.kind != QUANTITY and not self.arguments)

    @property
    def meaning(self) -> str:
        return inspect.getdoc(self.function) or ""

    def covers(self, period: Period) -> bool:
        """Whether it is law on every day of the period."""
        return self.since <= period.first and period.last <= self.until

    def touches(self, period: Period) -> bool:
        """Whether it is law on some day of the period."""
        return self.since <= period.last and period.first <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A question put to every record of a level; yes means that there is a finding."""

    code: str
    level: str
    function: Callable[..., Any]
    arguments: tuple[Argument, ...]
    severity: str
    message: Text
    expected: Text
    fields: tuple[str, ...] = ()
    law: str = ""
    remedy: Text | None = None
    since: date = PERIOD_BEGINS
    until: date = PERIOD_ENDS
    status: str = FINAL

    @property
    def name(self) -> str:
        return self.code

    def covers(self, period: Period) -> bool:
        """Whether it is law on every day of the period."""
        return self.since <= period.first and period.last <= self.until

    def touches(self, period: Period) -> bool:
        """Whether it is law on some day of the period."""
        return self.since <= period.last and period.first <= self.until


def validity_of(item: Rule | Check) -> dict[str, str | None]:
    """First and last day as words; none where it was law before any day that is asked for, or still is."""
    return {
        "since": None if item.since == PERIOD_BEGINS else item.since.isoformat(),
        "until": None if item.until == PERIOD_ENDS else item.until.isoformat(),
    }


class Validity(TypedDict, total=False):
    """What any rule may say about itself; a bare year is its 1 January in `since`, its 31 December in `until`."""

    law: str
    since: int | date
    until: int | date
    status: str


class FieldTerms(Validity, total=False):
    """What a filed value may say about itself."""

    form: str
    required: bool
    evidence: Text | None


class ChoiceTerms(FieldTerms, total=False):
    """A choice that is derived may be as unsure as a quantity."""

    confidence: str


class InputTerms(FieldTerms, total=False):
    decimals: int
    minimum: str
    maximum: str


class QuantityTerms(Validity, total=False):
    decimals: int
    rounding: str
    confidence: str
    empirical: bool


class CheckTerms(Validity, total=False):
    fields: tuple[str, ...]
    remedy: Text | None


def dated_name(function: Callable[..., Any]) -> tuple[str, date]:
    """The name of the quantity, and the year (`_since_2023`) or day (`_since_2024_05_01`) behind it."""
    dated = SINCE.match(function.__name__)
    if not dated:
        return function.__name__, PERIOD_BEGINS
    return dated["name"], date(int(dated["year"]), int(dated["month"] or 1), int(dated["day"] or 1))


def days(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of a decorator, with `since` and `until` as days."""
    since, until = terms.get("since"), terms.get("until")
    described = dict(terms)
    if since is not None:
        described["since"] = Period.spanning(since).first
    if until is not None:
        described["until"] = Period.spanning(until).last
    return described


def arguments_of(function: Callable[..., Any]) -> tuple[Argument, ...]:
    """The argument names of a rule; only `= None` is allowed as a default."""
    arguments = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default not in (inspect.Parameter.empty, None):
            raise GuidelineFault(f"{function.__name__}: the default of {name} can only be None (may be blank)")
        arguments.append(Argument(name, parameter.default is None))
    return tuple(arguments)
