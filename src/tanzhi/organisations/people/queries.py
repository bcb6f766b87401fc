"""What others ask about people."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Person


def person_names(people: Iterable[int | None]) -> dict[int | None, str]:
    """What persons are called, by their numbers."""
    return dict(Person.objects.filter(pk__in={number for number in people if number}).values_list("pk", "name"))
