"""Proves at import time that a guideline's rules fit together; a fault names the rule and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from .parameter_files import CONFIDENCES
from .reading import number
from .rules import CHOICE, DRAFT, FINAL, QUANTITY, Argument, Check, GuidelineFault, Rule

if TYPE_CHECKING:
    from .guideline import Guideline, RuleEdition


def prove(guideline: Guideline) -> None:
    """Known arguments, fitting levels, no cycle, in every edition; names that are not a parameter's."""
    for name in guideline.rules:
        if name in guideline.parameters:
            raise GuidelineFault(f"{guideline.name}: {name!r} is a rule and a parameter")
    for rules in guideline.rules.values():
        for rule in rules:
            _prove_terms(guideline, rule)
    for day in guideline.boundaries():
        edition = guideline.draft_edition(day)
        items: list[Rule | Check] = [*edition.rules.values(), *edition.checks]
        for item in items:
            for argument in item.arguments:
                _prove_argument(guideline, edition, day, item, argument)
        _prove_acyclic(guideline, edition, day)
    _prove_industry(guideline)
    for check in guideline.checks:
        for name in set(check.fields).difference(argument.name for argument in check.arguments):
            raise GuidelineFault(
                f"{guideline.name}: check {check.code} names field {name!r}, which it does not ask for"
            )


def _prove_terms(guideline: Guideline, rule: Rule) -> None:
    """What the decorator was told: a status, a confidence, and limits as exact decimal strings."""
    if rule.status not in (FINAL, DRAFT):
        raise GuidelineFault(f"{guideline.name}: {rule.name!r} has status {rule.status!r}; it is final or draft")
    if rule.confidence and rule.confidence not in CONFIDENCES:
        raise GuidelineFault(f"{guideline.name}: {rule.name!r} has an unknown confidence {rule.confidence!r}")
    for limit in (rule.minimum, rule.maximum):
        if limit is not None and (not isinstance(limit, str) or number(limit) is None):
            raise GuidelineFault(f"{guideline.name}: {rule.name!r} has limit {limit!r}; it is a decimal in quotes")


def _prove_argument(
    guideline: Guideline, edition: RuleEdition, day: date, item: Rule | Check, argument: Argument
) -> None:
    name = argument.name
    if rule := edition.get(name):
        level = rule.level
        lines = guideline.line(item.level), guideline.line(level)
        if level not in lines[0] and item.level not in lines[1]:
            raise GuidelineFault(
                f"{guideline.name}: {item.name!r} (level {item.level}) cannot see {rule.name!r} (level {level}): "
                "neither lies above the other"
            )
    elif table := guideline.parameters.get(name):
        for key in table.keys:
            # A parameter's key must be a level or a choice at or above the rule that asks.
            levels = {rule.level for rule in guideline.rules.get(key, [])} or (
                {key} if key in guideline.levels else set()
            )
            if not levels:
                raise GuidelineFault(
                    f"{guideline.name}: parameter {name!r} has key {key!r}, which is no level or choice"
                )
            for level in levels - set(guideline.line(item.level)):
                raise GuidelineFault(
                    f"{guideline.name}: {item.name!r} (level {item.level}) asks for parameter {name!r}, "
                    f"whose key {key!r} stands below it (level {level})"
                )
    elif name not in guideline.rules:
        raise GuidelineFault(f"{guideline.name}: {item.name!r} asks for {name!r}, which is no rule and no parameter")
    elif not argument.optional:
        raise GuidelineFault(f"{guideline.name}: {item.name!r} asks for {name!r}, which is not in force on {day}")


def _prove_acyclic(guideline: Guideline, edition: RuleEdition, day: date) -> None:
    done: set[str] = set()
    for name in edition.rules:
        for cycle in _cycles(guideline, edition, name, (), done):
            raise GuidelineFault(f"{guideline.name}, {day}: a cycle: {' → '.join(cycle)}")


def _cycles(
    guideline: Guideline, edition: RuleEdition, name: str, path: tuple[str, ...], done: set[str]
) -> Iterator[tuple[str, ...]]:
    if name in path:
        yield (*path[path.index(name) :], name)
    elif name not in done:
        # The rules that a rule or a parameter (by its keys) leans on.
        rule, table = edition.get(name), guideline.parameters.get(name)
        if rule:
            needs = [argument.name for argument in rule.arguments]
        else:
            needs = [key for key in table.keys if key in edition] if table else []
        for needed in needs:
            yield from _cycles(guideline, edition, needed, (*path, name), done)
        done.add(name)


def _prove_industry(guideline: Guideline) -> None:
    """Every name that an industry declares is a rule of its guideline, of the kind and at the level that is meant."""
    industry, merging = guideline.industry, guideline.industry.merging if guideline.industry else None
    if industry is None:
        return
    if not guideline.unit_level:
        raise GuidelineFault(f"{guideline.name}: an industry's guideline has records below the enterprise")
    _prove_named(guideline, industry.total, lambda rule: rule.kind == QUANTITY and rule.level == guideline.top)
    _prove_named(
        guideline, industry.unit_total, lambda rule: rule.kind == QUANTITY and rule.level == guideline.unit_level
    )
    if industry.obligation:
        _prove_named(guideline, industry.obligation, lambda rule: rule.kind == QUANTITY and rule.level == guideline.top)
    levels = (guideline.top, guideline.unit_level)
    for compared in industry.compared:
        _prove_named(guideline, compared.name, lambda rule: rule.kind == QUANTITY and rule.level in levels)
    inputs = [name for name in (industry.output, industry.used, *industry.standstill) if name]
    if merging:
        _prove_named(guideline, merging.unit_class, lambda rule: rule.kind == CHOICE)
        inputs += [merging.merged_class, merging.size, merging.member_size]
    for name in inputs:
        _prove_named(guideline, name, lambda rule: rule.filed)


def _prove_named(guideline: Guideline, name: str, fits: Callable[[Rule], bool]) -> None:
    if not any(fits(rule) for rule in guideline.rules.get(name, ())):
        raise GuidelineFault(f"{guideline.name}: {name!r} is not what its industry says of it")
