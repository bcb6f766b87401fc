"""What the platform knows of an enterprise's units by their register, so that nobody types it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.models import Organisation, Unit
from tanzhi.organisations.register_form import MERGED_INTO
from tanzhi.rulebook.accounting.power.unit_class import LEAST_FAVOURABLE
from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.rules import CHOICE

Facts = dict[str, dict[str, str]]
"""Unit number → name → value."""
MERGED_CLASS, CLASS, POWER, MEMBER_POWER = "merged_class", "unit_class", "rated_power", "member_power"
YES, NO = "yes", "no"


def register_facts(organisation: Organisation, units: list[Unit], guideline: Guideline, on: date, today: date) -> Facts:
    """Attributes of each unit on a day, with what follows from them and from its dates for a guideline's inputs."""
    known = {unit.number: dict(unit.attributes_on(on) or unit.attributes) for unit in units}
    edition = guideline.edition(on.year)
    choices = {rule.name for rule in edition.rules.values() if rule.filed and rule.kind == CHOICE}
    classes: dict[str, str] = {}
    if CLASS in choices or any(own.get(MERGED_INTO) for own in known.values()):
        classes = {number: _class_of(organisation, own, on) for number, own in known.items()}
    for number, own in known.items():
        _merge(number, own, known, classes)
    for unit in units:
        own = known[unit.number]
        if CLASS in choices and _derives_class(organisation, on.year):
            found = own.get(MERGED_CLASS) or classes[unit.number]
            own[CLASS] = found if found in edition[CLASS].options else ""  # not known is not what somebody states
        if "began_in_year" in choices:
            own["began_in_year"] = YES if unit.since.year == on.year else NO
        if "closed_before_allocation" in choices:
            own["closed_before_allocation"] = YES if unit.until and unit.until <= today else NO
    return known


def members_of(number: str, known: Facts) -> list[str]:
    """The units that are reported under a unit, itself too; one that stands by itself has no members."""
    others = [other for other, own in known.items() if own.get(MERGED_INTO) == number and other != number]
    return [number, *others] if others else []


def _derives_class(organisation: Organisation, year: int) -> bool:
    """Whether the accounting guideline of the enterprise's industry knows classes of units."""
    accounting = guidelines().get(organisation.sector)
    return accounting is not None and CLASS in accounting.edition(year).rules


def _class_of(organisation: Organisation, attributes: dict[str, str], on: date) -> str:
    """The class that the accounting guideline of the enterprise's industry derives from a unit's attributes."""
    if not _derives_class(organisation, on.year):
        return ""
    accounting = guidelines()[organisation.sector]
    own = {name: value for name, value in attributes.items() if name != MERGED_CLASS}
    node = evaluate(accounting, on.year, {"units": [{"unit": "1", **own}]}).children[0]
    return str(node.value(CLASS).number or "")


def _merge(number: str, own: dict[str, str], known: Facts, classes: dict[str, str]) -> None:
    """Units reported together: rated powers add up, and the least favourable member's class counts."""
    members = members_of(number, known)
    if not members:
        return
    own[MERGED_CLASS] = next((code for code in LEAST_FAVOURABLE if code in {classes[one] for one in members}), "")
    powers = [power for one in members if (power := known[one].get(POWER, ""))]
    for one in members:
        known[one][MEMBER_POWER] = known[one].get(POWER, "")
    if len(powers) == len(members):
        own[POWER] = str(sum(int(power) for power in powers))


def with_facts(row: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """A unit's row with what the register says of it, and of each unit that is reported together with it."""
    months = [
        {**month, "members": [_of_member(member, facts) for member in members]}
        if (members := month.get("members"))
        else month
        for month in row.get("months", [])
    ]
    return {**row, **({"months": months} if months else {}), **facts.get(str(row.get("unit")), {})}


def _of_member(member: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """Its rated power; a unit that is not reported together with others has none here and counts nowhere."""
    return {**member, MEMBER_POWER: facts.get(str(member.get("member")), {}).get(MEMBER_POWER, "")}


def contradictions(record: dict[str, Any], facts: Facts) -> list[tuple[str, str, str, str]]:
    """What a record states of a unit otherwise than the register: unit, name, stated, known."""
    return [
        (number, name, str(row[name]), known[name])
        for row in record.get("units", [])
        if (number := str(row.get("unit"))) in facts
        for known in (facts[number],)
        for name in row
        if name in known and str(row[name]).strip() and str(row[name]) != known[name]
    ]
