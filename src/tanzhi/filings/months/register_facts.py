"""What the platform knows of an enterprise's units by their register, so that nobody types it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.form import MERGED_INTO
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.organisations.sectors import accounting
from tanzhi.rulebook.kernel import Guideline, Merging
from tanzhi.rulebook.kernel.rules import CHOICE

Facts = dict[str, dict[str, str]]
"""Unit number → name → value."""
YES, NO = "yes", "no"


def register_facts(organisation: Organisation, units: list[Unit], guideline: Guideline, on: date, today: date) -> Facts:
    """Attributes of each unit on a day, with what follows from them and from its dates for a guideline's inputs."""
    facts = {unit.number: dict(unit.attributes_on(on) or unit.attributes) for unit in units}
    edition = guideline.edition(on.year)
    choices = {rule.name for rule in edition.rules.values() if rule.filed and rule.kind == CHOICE}
    own_guideline = accounting(organisation)
    if own_guideline and own_guideline.industry and (merging := own_guideline.industry.merging):
        asks_class = merging.unit_class in choices
        classes: dict[str, str] = {}
        if asks_class or any(own.get(MERGED_INTO) for own in facts.values()):
            classes = {number: _class_of(own_guideline, merging, own, on) for number, own in facts.items()}
        for number, own in facts.items():
            _merge(merging, number, own, facts, classes)
        for number, own in facts.items() if asks_class and _derives_class(own_guideline, merging, on) else ():
            unit_class = own.get(merging.merged_class) or classes[number]
            options = edition[merging.unit_class].options
            own[merging.unit_class] = (
                unit_class if unit_class in options else ""
            )  # not known is not what somebody states
    for unit in units:
        own = facts[unit.number]
        if "began_in_year" in choices:
            own["began_in_year"] = YES if unit.since.year == on.year else NO
        if "closed_before_allocation" in choices:
            own["closed_before_allocation"] = YES if unit.until and unit.until <= today else NO
    return facts


def members_of(number: str, facts: Facts) -> list[str]:
    """The units that are reported under a unit, itself too; one that stands by itself has no members."""
    others = [other for other, own in facts.items() if own.get(MERGED_INTO) == number and other != number]
    return [number, *others] if others else []


def _derives_class(accounting: Guideline, merging: Merging, on: date) -> bool:
    """Whether the guideline knows classes of units that year."""
    return merging.unit_class in accounting.edition(on.year).rules


def _class_of(accounting: Guideline, merging: Merging, attributes: dict[str, str], on: date) -> str:
    """The class that the accounting guideline of the enterprise's industry derives from a unit's attributes."""
    if not _derives_class(accounting, merging, on):
        return ""
    own = {name: value for name, value in attributes.items() if name != merging.merged_class}
    level = accounting.unit_level
    record = {accounting.levels[level].plural: [{level: "1", **own}]}
    return str(evaluate(accounting, on.year, record).children[0].value(merging.unit_class).number or "")


def _merge(merging: Merging, number: str, own: dict[str, str], facts: Facts, classes: dict[str, str]) -> None:
    """Units reported together: sizes add up, and the least favourable member's class counts."""
    members = members_of(number, facts)
    if not members:
        return
    of_members = {classes[member] for member in members}
    own[merging.merged_class] = next((code for code in merging.least_favourable if code in of_members), "")
    sizes = [size for member in members if (size := facts[member].get(merging.size, ""))]
    for member in members:
        facts[member][merging.member_size] = facts[member].get(merging.size, "")
    if len(sizes) == len(members):
        own[merging.size] = str(sum(int(size) for size in sizes))


def with_facts(guideline: Guideline, row: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """A unit's row with what the register says of it, and of each unit that is reported together with it."""
    months = row.get("months", [])
    if merging := guideline.industry.merging if guideline.industry else None:
        # A unit that is not reported together with others has no size here and counts nowhere.
        size = merging.member_size
        sizes = {number: own.get(size, "") for number, own in facts.items()}
        months = [
            {**month, "members": [{**member, size: sizes.get(str(member.get("member")), "")} for member in members]}
            if (members := month.get("members"))
            else month
            for month in months
        ]
    below = {"months": months} if months else {}
    return {**row, **below, **facts.get(str(row.get(guideline.unit_level)), {})}


def contradictions(guideline: Guideline, record: dict[str, Any], facts: Facts) -> list[tuple[str, str, str, str]]:
    """What a record states of a unit otherwise than the register: unit, name, stated, known."""
    return [
        (number, name, str(row[name]), own[name])
        for row in record.get(guideline.levels[guideline.unit_level].plural, ())
        if (number := str(row.get(guideline.unit_level))) in facts
        for own in (facts[number],)
        for name in row
        if name in own and str(row[name]).strip() and str(row[name]) != own[name]
    ]
