"""Which values the rules of a year ask of the parameters: read off the rules' own arguments, key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import product
from typing import Any

from tanzhi.rulebook.kernel import Guideline
from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.entries import UNSETTLED, Parameter, Period
from tanzhi.rulebook.kernel.guideline import RuleEdition
from tanzhi.rulebook.kernel.rounding import EXACT
from tanzhi.rulebook.kernel.rules import CHOICE, Check, Rule
from tanzhi.rulebook.kernel.states import NOT_DETERMINABLE, Absent, Undecided

Keys = tuple[tuple[str, str], ...]
TRIED = (Decimal(0), Decimal(1), Decimal(10) ** 6)
"""The numbers on which a rule is tried: a threshold lies between two of them."""
_UNDETERMINED, _BLANK = Absent(NOT_DETERMINABLE), Absent()


@dataclass(frozen=True, slots=True)
class Need:
    """A parameter for certain keys, with the rules that ask for it and the forms whose data they compute."""

    parameter: str
    keys: Keys
    rules: tuple[Rule | Check, ...]
    forms: tuple[str, ...]

    def within(self, period: Period) -> Period:
        """The days of the period on which a rule asks for it."""
        first, last = min(rule.since for rule in self.rules), max(rule.until for rule in self.rules)
        return Period(max(first, period.first), min(last, period.last))


def needs(guideline: Guideline, year: int, tables: Mapping[str, Parameter]) -> list[Need]:
    """Every parameter with its keys that the rules and checks of the year ask for, in the order of the tables."""
    edition = guideline.edition(year)
    items: list[Rule | Check] = [*edition.definitions, *edition.checks]
    asking = {name: [i for i in items if any(a.name == name for a in i.arguments)] for name in tables}
    rows = []
    for name, table in tables.items():
        for keys in _keys_of(edition, table) if asking[name] else ():
            rules = tuple(item for item in asking[name] if _asks(guideline, edition, item, name, dict(keys)))
            if rules:
                rows.append(Need(name, keys, rules, _forms(edition, rules)))
    return rows


def unvalued(guideline: Guideline, year: int, tables: Mapping[str, Parameter]) -> list[Need]:
    """What the year's choices offer, a result needs, and no release ever had a value for, where others of the table do.

    The law knows no such case, as no animals of a kind in a region: whoever files it is asked, nobody need enter it.
    """
    edition = guideline.edition(year)
    rows = []
    for name, table in tables.items():
        had = set(_keys_of(edition, table))
        offered = [offered_codes(edition, key) for key in table.keys]
        asking = [r for r in edition.definitions if any(a.name == name for a in r.arguments)]
        for codes in product(*offered) if had and table.keys and all(offered) else ():
            keys = tuple(zip(table.keys, codes, strict=True))
            if keys not in had and _can_be(edition, dict(keys)):
                rules = tuple(rule for rule in asking if _stops_a_result(guideline, edition, rule, name, dict(keys)))
                rows += [Need(name, keys, rules, _forms(edition, rules))] if rules else []
    return rows


def _can_be(edition: RuleEdition, keys: dict[str, str]) -> bool:
    """Whether what is chosen can come with what is derived of choices: tried, where choices alone decide."""
    for name, code in keys.items():
        names = [a.name for a in edition[name].arguments]
        sources = [edition.get(own) for own in names]
        if not names or not all(rule is not None and rule.kind == CHOICE for rule in sources):
            continue
        offered = [[keys[own]] if own in keys else list(edition[own].options) for own in names]
        derive = edition[name].function
        if not any(derive(**dict(zip(names, these, strict=True))) == code for these in product(*offered)):
            return False
    return True


def _stops_a_result(guideline: Guideline, edition: RuleEdition, rule: Rule, name: str, keys: dict[str, str]) -> bool:
    """Whether a result that nothing else is computed from comes out undetermined for want of the parameter."""
    if not _asks(guideline, edition, rule, name, keys):
        return False
    above = [r for r in edition.definitions if any(a.name == rule.name for a in r.arguments)]
    return not above or any(_stops_a_result(guideline, edition, r, rule.name, keys) for r in above)


def _keys_of(edition: RuleEdition, table: Parameter) -> list[Keys]:
    """The keys for which a table ever had a value; where it has none yet, all that the year's choices offer."""
    had = {
        tuple(zip(table.keys, codes, strict=True))
        for entry in (*table.entered, *table.entries)
        if entry.status != UNSETTLED
        for codes in product(*(entry.keys[key] for key in table.keys))
    }
    if not had:
        offered = [offered_codes(edition, key) for key in table.keys]
        had = {tuple(zip(table.keys, codes, strict=True)) for codes in product(*offered)} if all(offered) else set()
    order = {key: {code: at for at, code in enumerate(offered_codes(edition, key))} for key in table.keys}
    offered_now = [keys for keys in had if all(not order[key] or code in order[key] for key, code in keys)]
    return sorted(offered_now, key=lambda keys: [(order[key].get(code, 0), code) for key, code in keys])


def offered_codes(edition: RuleEdition, key: str) -> list[str]:
    """The codes that a key may have in a year; a derived one those of the choices it is derived from, if it has any.

    A derivation answers with a code of its own, such as unknown, where nothing was filed: that has no value in law.
    """
    rule = edition.get(key)
    if rule is None or rule.kind != CHOICE:
        return []
    filed = [own for a in rule.arguments if (own := edition.get(a.name)) is not None and own.kind == CHOICE]
    taken_over = [code for code in rule.options if any(code in own.options for own in filed)]
    return taken_over or list(rule.options)


def _asks(guideline: Guideline, edition: RuleEdition, item: Rule | Check, name: str, keys: dict[str, str]) -> bool:
    """Whether the rule asks for the parameter for these keys; one that reads a key itself may pass over it.

    Such a rule is tried: the argument undetermined, optional ones blank, the others numbers and codes. Where no trial
    comes out undetermined, another argument stands for these keys.
    """
    if not any(a.name in keys for a in item.arguments):
        return True
    rules = {a.name: rule for a in item.arguments if (rule := edition.get(a.name)) is not None}
    choices = [own for own, rule in rules.items() if rule.kind == CHOICE and own not in keys]
    below = {own for own, rule in rules.items() if guideline.is_above(item.level, rule.level)}
    for number, these in product(TRIED, product(*(rules[own].options for own in choices))):
        codes = keys | dict(zip(choices, these, strict=True))
        arguments: dict[str, Any] = {
            a.name: codes.get(a.name, _BLANK if a.optional else number) for a in item.arguments
        } | {name: _UNDETERMINED}
        try:
            with localcontext(EXACT):
                result = item.function(**{own: Children([v]) if own in below else v for own, v in arguments.items()})
        except Undecided as undecided:
            result = undecided.absent
        except (ArithmeticError, TypeError, AttributeError):
            return True  # not to be tried so: nothing says that it passes the parameter over
        if isinstance(result, Absent) and result.state == NOT_DETERMINABLE:
            return True
    return False


def _forms(edition: RuleEdition, rules: tuple[Rule | Check, ...]) -> tuple[str, ...]:
    """The forms out of whose inputs the rules compute, followed down through what they are made of."""
    seen: set[tuple[str, date]] = set()
    forms: dict[str, None] = {}
    waiting: list[Rule | Check] = list(rules)
    while waiting:
        item = waiting.pop()
        names = [a.name for a in item.arguments if a.name in edition]
        for rule in (rule for name in names for rule in edition.divided.get(name, (edition[name],))):
            if (rule.name, rule.since) not in seen:
                seen.add((rule.name, rule.since))
                waiting.append(rule)
                forms |= {rule.form: None} if rule.filed and rule.form else {}
    return tuple(forms)
