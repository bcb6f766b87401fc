"""Entries before and after a change, with the records that bear their codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count

from tanzhi.actions import clock
from tanzhi.organisations.code_lists import LISTS, CodeList, ListEntry
from tanzhi.organisations.lists_version import ListsVersion
from tanzhi.presentation.forms.preview import PARTS, PagePart

if TYPE_CHECKING:
    from tanzhi.actions.rehearsal import Trial

NAMED = 5  # records of an entry that are named; the others are counted


def counts(every: CodeList) -> dict[str, int]:
    """How many records bear each code of a list, whoever may see them."""
    total: dict[str, int] = {}
    for use in every.uses:
        rows = apps.get_model(use.model)._base_manager.values(use.field).annotate(n=Count("pk"))
        for code, n in rows.values_list(use.field, "n"):
            total[code] = total.get(code, 0) + n
    return total


def bearers(every: CodeList, code: str) -> list[Any]:
    """The newest records that bear a code and have a page."""
    rows: list[Any] = []
    for use in every.uses:
        model = apps.get_model(use.model)
        if hasattr(model, "get_absolute_url"):
            rows += model._base_manager.filter(**{use.field: code}).order_by("-pk")[:NAMED]
    return rows[:NAMED]


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An entry that two versions have otherwise, its place counted from 1, and who bears it."""

    every: CodeList
    before: ListEntry | None
    after: ListEntry | None
    places: tuple[int, int]
    used: int
    records: list[Any]


def changed(before: ListsVersion, after: ListsVersion) -> list[ChangedEntry]:
    """What differs; an entry that only moved because another did is left out."""
    rows = []
    for name, every in LISTS.items():
        old, new = (version.content[name] for version in (before, after))
        if old == new:
            continue
        used = counts(every)
        orders = [[entry.code for entry in entries] for entries in (old, new)]
        blocks = SequenceMatcher(a=orders[0], b=orders[1], autojunk=False).get_matching_blocks()
        standing = {code for block in blocks for code in orders[0][block.a : block.a + block.size]}
        earlier = {entry.code: (n, entry) for n, entry in enumerate(old, 1)}
        later = {entry.code: (n, entry) for n, entry in enumerate(new, 1)}
        for code in dict.fromkeys([*later, *earlier]):
            (left, old_entry), (right, new_entry) = earlier.get(code, (0, None)), later.get(code, (0, None))
            if old_entry != new_entry or code not in standing:
                records = bearers(every, code)
                rows.append(ChangedEntry(every, old_entry, new_entry, (left, right), used.get(code, 0), records))
    return rows


CHANGING = {"office.add_entry", "office.change_entry", "office.take_earlier_lists"}


def lists_before_and_after(trial: Trial) -> Callable[[], PagePart | None]:
    """Beside a change what the draft said; beside an adoption what is in force."""
    version = trial.after
    if not isinstance(version, ListsVersion) or trial.action.name not in CHANGING | {"office.adopt_lists"}:
        return lambda: None
    before = trial.before if trial.action.name in CHANGING else ListsVersion.on(clock.today())
    records = changed(before, version) if isinstance(before, ListsVersion) else []
    return lambda: PagePart("cases/changed_entries.html", records)


PARTS["code lists"] = lists_before_and_after
