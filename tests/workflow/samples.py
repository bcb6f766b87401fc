"""Records and actors that fit any registered kind of work, so that one test covers the tables of all rooms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from tanzhi.actions import table
from tanzhi.actions.registry import ACTIONS, Actor, ActorRole, Input, Place
from tanzhi.actions.roles import ROLES
from tanzhi.actions.state_record import CaseRecord
from tanzhi.actions.states import Move
from tanzhi.actions.transitions import CaseType, register_move
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.workflow.dossier.files import belongs
from tanzhi.workflow.dossier.model import OfCase
from tests.factories import World
from tests.workflow.vacation import Vacation

FILLED: dict[type[models.Field[Any, Any]], Any] = {
    models.DateTimeField: datetime(2024, 3, 1, tzinfo=UTC),  # before the date that it is one of
    models.DateField: date(2024, 3, 1),
    models.IntegerField: 2024,
    models.BooleanField: False,
    models.JSONField: dict,
    models.CharField: "1",
    models.TextField: "1",
}

CODES = {
    "registry.Account.kind": "holding",
    "registry.AllocationRun.stage": "final",
    "filings.Filing.form_code": "power.month",
    "filings.Filing.period": "2024-01",
}
"""Fields that hold a code of a list."""


SELDOM_BLANK = {"registry.Account.organisation"}
"""Fields that may be blank and are filled: without one the record is nobody's whom its table names."""


def sample(model: type[models.Model], world: World, **given: Any) -> Any:
    """A saved record whose required fields hold something that fits."""
    fields = {field.name: _filled(field, world) for field in model._meta.concrete_fields if _needed(field)}
    if issubclass(model, OfCase):
        given |= belongs(sample(Vacation, world, state="asked"))
    return model._base_manager.create(**(fields | given))


def _known(model: type[models.Model], world: World) -> Any:
    return {Organisation: world.plant, Region: world.city}.get(model)


def _needed(field: models.Field[Any, Any]) -> bool:
    if f"{field.model._meta.label}.{field.name}" in SELDOM_BLANK:
        return True
    return not (field.primary_key or field.null or field.has_default() or field.blank)


def _filled(field: models.Field[Any, Any], world: World) -> Any:
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        return _known(related, world) or related._base_manager.first() or sample(related, world)
    if code := CODES.get(f"{field.model._meta.label}.{field.name}"):
        return code
    value = next(value for kind, value in FILLED.items() if isinstance(field, kind))
    return value() if callable(value) else value


def holder(role: str, place: Place) -> Actor:
    """Somebody with one role, who reaches the place wherever the role can."""
    near = frozenset({place.organisation_id}) if place.organisation_id else frozenset()
    grant = ActorRole(role, place.organisation_id, place.region_path, near)
    return Actor(place.person_id or 4711, f"holder of {role}", [grant])


@contextmanager
def bare(kind: CaseType, move: Move) -> Iterator[Move]:
    """The move without what it needs to be told and to look at: its states, roles and clocks alone."""
    kept = ACTIONS[move.name]
    plain = dataclasses.replace(
        move, input=Input, do=_choose(move), guard=None, after=None, starts=(), starts_in={}, second_person=False,
        other_than=(), authors=None, prepare=None, limits=None,
    )  # fmt: skip
    try:
        del ACTIONS[move.name]
        register_move(kind, plain)
        yield plain
    finally:
        ACTIONS[move.name] = kept


def _choose(move: Move) -> Any:
    def do(call: table.Call, case: CaseRecord) -> None:
        if isinstance(move.enters, tuple):
            call.enter(move.targets_from(case.state)[0])

    return do


def strangers_to(allowed: Any) -> list[str]:
    """Roles that a row does not name."""
    return [code for code in ROLES if code not in allowed]
