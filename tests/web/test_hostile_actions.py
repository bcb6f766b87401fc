"""Every action, every field, hostile values: a coded refusal or an outcome, never an error of the program.

`TANZHI_EVERY_VALUE=1` tries every value in every field; otherwise each field gets some of them, another three than its
neighbours.
"""

from __future__ import annotations

import os
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from django.db import transaction
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from tanzhi.actions.actor import Actor, ActorRole
from tanzhi.actions.reading import options_of
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import ACTIONS, perform
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.filings.months.model import Filing
from tests.factories import World

HOSTILE: tuple[Any, ...] = (
    "", " ", "²", "10²", "①", "١٢", "1e999", "-1", "0", "NaN", "1_000", "3343,5", "9" * 40, "9" * 18, "x" * 5000,
    "中" * 400, "a\0b", "\ud800", "2024-13-45", "2199-12-31", "1900-01-01", "2024-01-01T00:00", "' OR 1=1 --",
    "../../etc/passwd", "=1+1", "<script>", "{}", "null", -1, 0, 10**30, 2**63 - 1, True, None, 1.5, float("nan"),
    [], {}, [None], [[]], {"a": [{"b": None}]}, {"": ""}, ["x"] * 300, [{"x": 1}], "a.b.c", "%s%n", "power.month",
    "2024", "2024H1",
)  # fmt: skip
SAMPLE = len(HOSTILE) if os.environ.get("TANZHI_EVERY_VALUE") else 3


def plausible(model: type[BaseModel], known: Mapping[str, Any]) -> dict[str, Any]:
    """Input that fits its types, with what is there by the names that fields commonly have."""
    return {name: known.get(name, value_of(info, known)) for name, info in model.model_fields.items()}


def value_of(info: FieldInfo, known: Mapping[str, Any]) -> Any:
    options = options_of(info)
    if options and get_origin(inner(info.annotation)) not in (list, tuple):
        return next(iter(options))
    return of_type(info.annotation, known, next(iter(options), "x" * 12))


def inner(annotation: Any) -> Any:
    if get_origin(annotation) is typing.Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def of_type(annotation: Any, known: Mapping[str, Any], words: str) -> Any:
    kind = inner(annotation)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return parts[0]
    if origin in (list, tuple):
        return [of_type(parts[0], known, words)]
    if origin is dict or kind is dict:
        return {}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return plausible(kind, known)
    single = {date: "2024-03-01", datetime: "2024-03-01T10:00:00", bool: True, int: 1, Decimal: "1", bytes: b"x"}
    return words if kind in (str, SecretStr) else single.get(kind, words)


@pytest.fixture
def somebody(world: World) -> Actor:
    """Who holds every role, so that nothing is refused before it is read; nobody does in an installation."""
    where = world.province.path
    grants = [ActorRole(code, world.plant.pk, where, frozenset({world.plant.pk})) for code in KNOWN_ROLES]
    authority = [ActorRole(code, world.authority.pk, where) for code in KNOWN_ROLES]
    return Actor(world.clerk.pk if hasattr(world, "clerk") else 1, "Somebody", grants + authority)


def known_of(world: World) -> dict[str, Any]:
    """What the fields that name something commonly name here."""
    return {
        "organisation": world.plant.code,
        "organisation_id": world.plant.pk,
        "region": world.province.code,
        "region_id": world.province.pk,
        "owner": world.plant.code,
        "form_code": "power.month",
        "period": "2023-06",
        "year": 2023,
        "reason": "a reason that is long enough",
        "source": "notice of the province",
    }


def tries() -> Iterator[tuple[str, str, Any]]:
    """Each field with its share of the values."""
    at = 0
    for name, entry in sorted(ACTIONS.items()):
        for field in entry.input.model_fields:
            for step in range(SAMPLE):
                yield name, field, HOSTILE[(at + step * 17) % len(HOSTILE)]
            at += 1


def subject_of(name: str) -> Any:
    entry = ACTIONS[name]
    if entry.subject is None:
        return None
    return entry.subject._base_manager.values_list("pk", flat=True).first() or 1


def broken_by(name: str, actor: Actor, subject: Any, data: Any) -> str:
    """The error of the program that an act ends in; blank for an outcome and for a refusal with its code."""
    try:
        with transaction.atomic():
            perform(name, actor, subject, data)
            transaction.set_rollback(True)
    except Refused as refused:
        answered = bool(refused.code) and 400 <= refused.status < 500 and refused.message.zh != refused.message.en
        return "" if answered else f"{refused.code} {refused.status}"
    except Exception as fault:  # what must not happen, whatever it is
        return f"{type(fault).__name__}: {fault}"[:200]
    return ""


@pytest.fixture
def filing(world: World, clerk: Actor) -> Filing:
    data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-06"}
    found: Filing = perform("filings.open", clerk, data=data).result
    return found


@pytest.mark.usefixtures("filing")
def test_no_value_in_any_field_of_any_action_is_an_error_of_the_program(world: World, somebody: Actor) -> None:
    known, broken, count = known_of(world), [], 0
    for name, field, value in tries():
        data = plausible(ACTIONS[name].input, known) | {field: value}
        if fault := broken_by(name, somebody, subject_of(name), data):
            broken.append((name, field, repr(value)[:30], fault))
        count += 1
    assert broken == []
    assert count > 1500


@pytest.mark.usefixtures("filing")
def test_no_input_that_is_no_record_is_an_error_of_the_program(world: World, somebody: Actor) -> None:
    broken = [
        (name, repr(value)[:30], fault)
        for at, name in enumerate(sorted(ACTIONS))
        for value in ([], "x", 1, {"nothing": 1}, HOSTILE)[at % 5 : at % 5 + 2]
        if (fault := broken_by(name, somebody, subject_of(name), value))
    ]
    assert broken == []
