"""What a guideline is made of: levels, rules and checks as plain, frozen descriptions."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from .rounding import HALF_UP
from .text import Text

SINCE = re.compile(r"^(?P<name>.+)_since_(?P<year>\d{4})$")
FINAL = "final"
DRAFT = "draft"
ALWAYS = 0

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
    """One definition of an input, a choice or a quantity, in force from `since` to `until` (years, inclusive)."""

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
    since: int = ALWAYS
    until: int | None = None
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

    def in_force(self, year: int) -> bool:
        return self.since <= year and (self.until is None or year <= self.until)


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
    since: int = ALWAYS
    until: int | None = None
    status: str = FINAL

    @property
    def name(self) -> str:
        return self.code

    def in_force(self, year: int) -> bool:
        return self.since <= year and (self.until is None or year <= self.until)


class Validity(TypedDict, total=False):
    """What any rule may say about itself."""

    law: str
    since: int
    until: int
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


def dated_name(function: Callable[..., Any]) -> tuple[str, int]:
    """The name of the quantity, and the year behind `_since_`."""
    dated = SINCE.match(function.__name__)
    return (dated["name"], int(dated["year"])) if dated else (function.__name__, ALWAYS)


def arguments_of(function: Callable[..., Any]) -> tuple[Argument, ...]:
    """The argument names of a rule; only `= None` is allowed as a default."""
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default not in (inspect.Parameter.empty, None):
            raise GuidelineFault(f"{function.__name__}: the default of {name} can only be None (may be blank)")
        found.append(Argument(name, parameter.default is None))
    return tuple(found)
