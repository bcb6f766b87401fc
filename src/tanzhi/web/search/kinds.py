"""What of the shell is searched: its pages, and the rulebook with every public name, its unit and its law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from django.urls import reverse

from tanzhi.presentation.navigation import NavigationEntry, address_of, entries
from tanzhi.presentation.search import Hit, ListSearch, register
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def pages_of(actor: Actor) -> Iterator[tuple[str, Callable[[], Hit]]]:
    for entry in entries():
        if not entry.roles or entry.roles & actor.roles:
            yield f"{entry.label.zh} {entry.label.en}", partial(page_hit, entry)


def page_hit(entry: NavigationEntry) -> Hit:
    return Hit(entry.label, address_of(entry))


@cache
def names_of_law() -> list[tuple[str, Callable[[], Hit]]]:
    """Every rule, input, check and parameter of the package: public law, the same for every reader."""
    names: dict[tuple[str, str], tuple[str, Callable[[], Hit]]] = {}
    for code, law in guidelines().items():
        page = reverse("web:guideline", args=[code])
        names[code, ""] = (f"{code} {law.title.zh} {law.title.en}", partial(Hit, law.title, page))
        for rule in (rule for rules in law.rules.values() for rule in rules):
            names[code, rule.name] = _entry(page, rule.name, rule.label, law.title, rule.law or "")
        for parameter in law.parameters:
            names[code, parameter.name] = _entry(page, parameter.name, parameter.label, law.title, parameter.law or "")
        for check in law.checks:
            names[code, check.code] = _entry(page, check.code, check.message, law.title, check.law or "")
    return list(names.values())


def _entry(page: str, name: str, label: Text, guideline: Text, law: str) -> tuple[str, Callable[[], Hit]]:
    return f"{name} {label.zh} {label.en} {law}", partial(Hit, label, f"{page}#{name}", guideline + same(f" · {name}"))


register(ListSearch("web.pages", Text("页面", "Pages"), pages_of), 5)
register(
    ListSearch("web.rules", Text("规则、参数与术语", "Rules, parameters and terms"), lambda _actor: names_of_law()), 70
)
