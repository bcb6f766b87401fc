"""What others ask about people."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .model import Person

PROGRAMS: list[Callable[[set[int]], dict[int, str]]] = []
"""Registered by the room that gives programs their keys: what those are called whose numbers are negative."""


def person_names(people: Iterable[int | None]) -> dict[int | None, str]:
    """What persons, and programs that act in their own name, are called, by their numbers."""
    numbers = {number for number in people if number}
    names: dict[int | None, str] = dict(
        Person.objects.filter(pk__in={number for number in numbers if number > 0}).values_list("pk", "name")
    )
    if programs := {number for number in numbers if number < 0}:
        for names_of_programs in PROGRAMS:
            names.update(names_of_programs(programs).items())
    return names
