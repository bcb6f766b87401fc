"""Every kind of record as programs read it: whose rows, described truthfully, by code, in few queries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.actor import Actor
from tanzhi.actions.table import ACTIONS
from tanzhi.actions.visibility import sees
from tanzhi.evidence.tracking import unrecorded
from tanzhi.law.models import CalendarDay
from tanzhi.organisations.people.roles import public_actor
from tanzhi.organisations.register.model import Region
from tanzhi.presentation.records.kind import KINDS, RecordKind, code_of, kind_of
from tanzhi.presentation.records.page import page_of, record_of
from tanzhi.streams.market.ledger.accounts import own_account
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import (
    SOURCE,
    Account,
    Command,
    Entry,
    SerialBlock,
    Transfer,
    UnitKind,
)
from tanzhi.streams.market.ledger.posting import post
from tanzhi.streams.market.reconciliation.model import DifferenceExplanation, StatementLine
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.web.api import api
from tanzhi.web.api_description import record_name
from tanzhi.workflow.dossier.files import belongs
from tanzhi.workflow.dossier.model import Comment
from tests.actions.spots import Spot, spots
from tests.streams.market.conftest import AT, CLERK
from tests.web.test_every_page import OBSERVERS
from tests.web.test_visibility import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.factories import World

DUTIES = {("security_administrator", "grants")}
"""Who looks after accounts reads of people what he grants and ends, and nothing that they do."""


def posting(place: Spot, _model: type[Any]) -> Any:
    account, unit = place.of(Account), place.of(UnitKind)
    source = own_account(Region.objects.get(path=place.organisation.region.path.partition("/")[0] + "/"), SOURCE, AT)
    return post(CLERK, f"read {place.serial}", "issue", {}, [Leg("issue", unit.pk, source.pk, account.pk, 1)])


def of_posting(place: Spot, model: type[Any]) -> Any:
    """What triggers alone write: the transfer of this place's posting, its entry, a block of numbers that it moved."""
    transfer = place.made.setdefault(Command, posting(place, Command)).transfers.get()
    if model is Transfer:
        return transfer
    if model is Entry:
        return Entry.objects.get(account=transfer.credit, unit=transfer.unit)
    return place.make(model, account=transfer.credit, unit=transfer.unit, since=transfer, first=1, last=place.serial)


SPECIAL = {
    Command: posting,
    Transfer: of_posting,
    Entry: of_posting,
    SerialBlock: of_posting,
    DifferenceExplanation: lambda place, model: place.make(model, line=place.of(StatementLine)),
    Comment: lambda place, model: place.make(model, **belongs(place.of(Clue))),
    CalendarDay: lambda place, model: place.make(model, day=date(2031, 3, place.serial)),
}


@pytest.fixture
def places(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[Spot, ...]:
    """Three places whose records hold codes of their lists."""
    coded = {
        (kind.model, field.path): next(iter(field.words))
        for kind in KINDS.values()
        for field in kind.fields
        if isinstance(field.words, dict)
    }
    plain = Spot._filled

    def filled(place: Spot, field: Any) -> Any:
        return coded.get((field.model, field.name)) or plain(place, field)

    monkeypatch.setattr(Spot, "_filled", filled)
    return spots(world)


def made(kind: RecordKind, places: Iterable[Spot]) -> list[Any]:
    """A record of the kind at each of some places."""
    with unrecorded():
        for place in places:
            if kind.model in SPECIAL and kind.model not in place.made:
                place.made[kind.model] = SPECIAL[kind.model](place, kind.model)
        return [place.of(kind.model) for place in places]


def validator(schema: str) -> jsonschema.Draft202012Validator:
    whole = api.get_openapi_schema(path_prefix="/api/")
    components = {"components": whole["components"]}
    return jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{schema}", **components})


def test_every_subject_of_an_action_is_read_by_programs() -> None:
    subjects = {entry.subject for entry in ACTIONS.values() if entry.subject}
    assert {model._meta.label for model in subjects if kind_of(model) is None} == set()


def test_each_record_is_read_by_its_own_code_as_it_is_described(places: tuple[Spot, ...]) -> None:
    everything, read = Actor.platform(), set()
    for kind in KINDS.values():
        described = validator(record_name(kind))
        for row in made(kind, places):
            if kind.visible_to(everything).filter(pk=row.pk).exists():  # a person's own is not the platform's
                answer = record_of(kind, everything, code_of(kind, row))
                assert (answer["id"], list(answer)[:2]) == (row.pk, ["code", "id"]), kind.name
                errors = [f"{error.json_path}: {error.message}" for error in described.iter_errors(answer)]
                assert errors == [], kind.name
                read.add(kind.name)
    assert KINDS.keys() - read == {"jobs", "saved_views"}


def test_codes_differ_and_a_page_of_more_records_asks_no_more_queries(places: tuple[Spot, ...]) -> None:
    everything = Actor.platform()
    for kind in KINDS.values():
        made(kind, places)
        with CaptureQueriesContext(connection) as of_one:
            one = page_of(kind, everything, {"limit": "1"})
        with CaptureQueriesContext(connection) as of_all:
            page = page_of(kind, everything, {"limit": "500"})
        if one.records:
            assert len(of_all) <= len(of_one), (kind.name, [query["sql"][:200] for query in of_all])
        codes = [record["code"] for record in page.records]
        assert len(set(codes)) == len(codes), kind.name


def test_nobody_reads_what_is_not_for_him(places: tuple[Spot, ...], world: World) -> None:
    made_of = {kind.name: {row.pk: row for row in made(kind, places)} for kind in KINDS.values()}
    strangers, few = [], {}
    for role in OBSERVERS:
        reader = public_actor() if role == "public" else reader_of(role, world)
        for kind in KINDS.values():
            read = {record["id"] for record in page_of(kind, reader, {"limit": "500"}).records}
            rows = made_of[kind.name]
            if (role, kind.name) not in DUTIES:
                strangers += [(role, kind.name, pk) for pk in read if pk in rows and not sees(reader, rows[pk])]
            few[role] = few.get(role, 0) + len(read)
    assert strangers == []
    assert few["public"] < few["stranger"] < few["provincial_officer"] < few["auditor"] + 1  # the matrix tells who
