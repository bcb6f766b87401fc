"""Records of any room at three places: one's own organisation, another one of the region, another province."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from tanzhi.actions.actor import Actor, ActorRole, Place, ServiceReach
from tanzhi.actions.registry import ACTIONS, Input
from tanzhi.actions.roles import KNOWN_ROLES, PERSON
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Facility, Organisation, Region, Unit
from tanzhi.streams.market.ledger.accounts import own_account
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import SOURCE, Account, UnitKind
from tanzhi.streams.market.ledger.posting import post
from tanzhi.workflow.dossier.files import belongs
from tests import factories
from tests.factories import World
from tests.streams.market.conftest import AT, CLERK
from tests.workflow.samples import FILLED


class Told(Input, extra="allow"):
    """Whatever an action reads to know where its change belongs."""


@dataclass(slots=True)
class Spot:
    """One of the places, with the records made there so far; `serial` keeps numbers of different places apart."""

    serial: int
    organisation: Organisation
    person: Person
    facility: Facility
    unit: Unit
    made: dict[type[models.Model], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = (self.organisation, self.organisation.region, self.person, self.facility, self.unit)
        self.made |= {type(one): one for one in known}

    def of(self, model: type[models.Model]) -> Any:
        """A record of the model that belongs here, made once."""
        if model not in self.made:
            special = SPECIAL.get(model._meta.label)
            with unrecorded():
                self.made[model] = special(self) if special else self.make(model)
        return self.made[model]

    def make(self, model: type[models.Model], **given: Any) -> Any:
        wanted = [one for one in model._meta.concrete_fields if one.name not in given and (_needed(one) or _says(one))]
        filled = {one.name: self._filled(one) for one in wanted}
        return model._base_manager.create(**(filled | given))

    def _filled(self, one: models.Field[Any, Any]) -> Any:
        if isinstance(one, models.ForeignKey):
            return self.of(one.related_model)
        place = self.organisation.place
        if one.name in PLAIN:
            return PLAIN[one.name](self, place)
        value = next(value for kind, value in FILLED.items() if isinstance(one, kind))
        if isinstance(one, models.IntegerField):
            return value + self.serial
        return value() if callable(value) else f"{self.serial}" if value == "1" else value

    @property
    def told(self) -> Told:
        """Every name under which an input says where something belongs, each of this place."""
        of = {name: self.of(apps.get_model(label)).pk for name, label in NAMED.items()}
        own = {"organisation_id": self.organisation.pk, "region_id": self.organisation.region_id}
        codes = dict.fromkeys(("organisation", "owner", "holder"), self.organisation.code)
        project = self.of(apps.get_model("ccer.CreditProject")).number
        case = self.of(apps.get_model("verification.Clue")).reference
        return Told(**of, **own, **codes, region=self.organisation.region.code, project=project, case=case)


PLAIN: dict[str, Callable[[Spot, Place], Any]] = {
    "organisation_id": lambda _spot, place: place.organisation_id,
    "region_path": lambda _spot, place: place.region_path,
    "actor": lambda spot, _place: spot.person.pk,
    "form_code": lambda _spot, _place: "power.month",
}
NAMED = {
    "audit_list": "policy.AuditList",
    "document": "policy.Document",
    "round": "policy.Round",
    "cycle": "registry.Cycle",
    "target": "intensity.Target",
    "filing": "filings.Filing",
}


def _finding(spot: Spot) -> Any:
    """What stands in a case belongs where the case does."""
    clue = spot.of(apps.get_model("verification.Clue"))
    return spot.make(apps.get_model("cases.CaseFinding"), **belongs(clue))


def _command(spot: Spot) -> Any:
    """A command lies in the province whose books it moved; only the ledger itself writes one."""
    account, unit = spot.of(Account), spot.of(UnitKind)
    source = own_account(Region.objects.get(path=spot.organisation.region.path.partition("/")[0] + "/"), SOURCE, AT)
    return post(CLERK, f"spot {spot.serial}", "test", {}, [Leg("test", unit.pk, source.pk, account.pk, 1)])


def _entry(spot: Spot) -> Any:
    """Of the log; only what sees it matters here, so its bytes say nothing."""
    empty = {"canonical": b"{}", "leaf_hash": bytes(31) + bytes([spot.serial]), "mac": bytes(32)}
    return spot.make(apps.get_model("evidence.Entry"), **empty)


def _trade(spot: Spot) -> Any:
    return spot.make(apps.get_model("exchange.Trade"), quantity=1, price_fen=1, amount_fen=1)


SPECIAL: dict[str, Callable[[Spot], Any]] = {
    "cases.CaseFinding": _finding,
    "evidence.Entry": _entry,
    "exchange.Trade": _trade,
    "registry.Command": _command,
}


def _needed(one: models.Field[Any, Any]) -> bool:
    return not (one.primary_key or one.null or one.has_default() or one.blank)


def _says(one: models.Field[Any, Any]) -> bool:
    """A field that may be blank and says where a record belongs."""
    return one.name in PLAIN or (
        isinstance(one, models.ForeignKey) and (one.related_model in (Organisation, Region) or one.name == "receiver")
    )


def spots(world: World) -> tuple[Spot, Spot, Spot]:
    """One's own, another organisation of the region, another province."""
    beside = factories.organisation("BESIDE", world.city)
    near, far = factories.facility(beside), factories.facility(world.other_plant)
    return (
        Spot(1, world.plant, factories.person("here"), world.facility, world.unit),
        Spot(2, beside, factories.person("beside"), near, factories.unit(near, "1", **factories.REGISTERED)),
        Spot(3, world.other_plant, factories.person("far"), far, factories.unit(far, "1", **factories.REGISTERED)),
    )


def holder(role: str, here: Spot, authority: Organisation) -> Actor:
    """Somebody with one role, held where such people work: at the plant, with its body, in the province's office."""
    if role == PERSON.code:
        return Actor(here.person.pk, role)
    plant = here.organisation
    grants = {
        "own": ActorRole(role, plant.pk, plant.region.path),
        "assigned": ActorRole(role, plant.pk, plant.region.path),  # opens more: tests/streams/verification/test_rooms
        "region": ActorRole(role, authority.pk, authority.region.path),
    }
    if KNOWN_ROLES[role].reach == "consented":  # the plant agreed to all that a program may be for
        acts = frozenset(name for name, entry in ACTIONS.items() if entry.prepares)
        reach = ServiceReach(1, authority.pk, {plant.pk: acts})
        return Actor(-1, role, [ActorRole(role, assigned=frozenset({plant.pk}))], service=reach)
    return Actor(None, role, [grants.get(KNOWN_ROLES[role].reach, ActorRole(role))])
