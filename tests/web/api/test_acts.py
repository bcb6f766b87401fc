"""Many acts in one request, decisions on proposals, files and choices, as a program meets them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed, Proposal
from tanzhi.actions.perform import perform
from tanzhi.evidence.models import Entry
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.web import api_acts
from tanzhi.web.services.access import digest
from tanzhi.web.tokens.model import ApiToken
from tests import factories

if TYPE_CHECKING:
    from tests.factories import World

BACKEND = "django.contrib.auth.backends.ModelBackend"
JSON = "application/json"


def program_of(actor: Actor) -> Client:
    client = Client()
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), BACKEND)
    return client


def bearer(actor: Actor, *scopes: str) -> dict[str, str]:
    """The header of a token of this person for these scopes."""
    now = timezone.now()
    secret = f"secret of {actor.person_id} for {scopes}"
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    ends = now + timedelta(days=1)
    ApiToken.objects.create(
        person_id=actor.person_id, name="test", digest=digest(secret), scopes=list(scopes), made_at=now, ends_at=ends
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def opening(world: World, month: int, **more: Any) -> dict[str, Any]:
    period = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": f"2023-{month:02d}"}
    return {"action": "filings.open", "data": period, **more}


def test_a_batch_answers_each_act_and_what_is_refused_stops_none_of_the_others(world: World, clerk: Actor) -> None:
    wrong = opening(world, 13)
    acts = [
        opening(world, 1, key="a"), wrong, opening(world, 2), {"action": "nothing.at_all"},
        {"action": "filings.check", "code": f"power.month:{world.plant.code}:2023-09"}, opening(world, 1, key="a"),
    ]  # fmt: skip
    before, lines = Entry.objects.count(), Performed.objects.count()
    answers = program_of(clerk).post("/api/batch", {"acts": acts}, content_type=JSON).json()["answers"]
    assert [one["status"] for one in answers] == [200, 422, 200, 404, 404, 200]
    assert [one["refusal"]["code"] for one in answers if one["refusal"]] == ["ACT-INPUT", "ACT-UNKNOWN", "ACT-SCOPE"]
    assert answers[1]["refusal"]["findings"][0]["field"] == "period"
    assert answers[0]["answer"]["result"]["code"] == f"power.month:{world.plant.code}:2023-01"
    assert answers[5]["answer"] == answers[0]["answer"]  # the same key: the outcome of the first
    assert set(Filing.objects.values_list("period", flat=True)) == {"2023-01", "2023-02"}
    assert Entry.objects.count() - before == Performed.objects.count() - lines == 2  # each act its own line and entry


def test_all_or_none_takes_everything_back_and_names_the_act(world: World, clerk: Actor) -> None:
    acts = [opening(world, 1), opening(world, 2), opening(world, 13), opening(world, 3)]
    program, before, lines = program_of(clerk), Entry.objects.count(), Performed.objects.count()
    answer = program.post("/api/batch", {"acts": acts, "together": True}, content_type=JSON)
    (finding,) = answer.json()["findings"]
    assert (answer.status_code, answer.json()["code"]) == (422, "ACT-INPUT")
    assert (finding["place"], finding["field"]) == ("acts[2].filings.open", "period")
    assert (Filing.objects.count(), Performed.objects.count(), Entry.objects.count()) == (0, lines, before)
    fitting = program.post("/api/batch", {"acts": acts[:2], "together": True}, content_type=JSON)
    assert [one["status"] for one in fitting.json()["answers"]] == [200, 200]
    assert Filing.objects.count() == 2


def test_all_or_none_keeps_nobody_waiting_for_long(world: World, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    program, before = program_of(clerk), Entry.objects.count()
    many = {"acts": [opening(world, 1)] * (api_acts.MOST_TOGETHER + 1), "together": True}
    answer = program.post("/api/batch", many, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "API-TOGETHER")
    seconds = count(step=3)
    monkeypatch.setattr(api_acts, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    few = {"acts": [opening(world, month) for month in (1, 2, 3)], "together": True}
    answer = program.post("/api/batch", few, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (503, "API-TOGETHER")
    assert (Filing.objects.count(), Entry.objects.count()) == (0, before)


def test_a_group_that_waited_long_for_its_turn_does_an_act_all_the_same(
    world: World, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(step=10)  # whoever looks at the clock finds that the group's time is over
    monkeypatch.setattr(api_acts, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    acts = [opening(world, 1), opening(world, 2), opening(world, 3)]
    answers = program_of(clerk).post("/api/batch", {"acts": acts}, content_type=JSON).json()["answers"]
    assert [one["status"] for one in answers] == [200, 200, 200]
    assert next(seconds) == 60  # two looks a group, an act a group


@pytest.mark.parametrize("acts", [[], None, [{"data": {}}], [{"action": "filings.open", "colour": "red"}], "x"])
def test_a_batch_that_is_none_is_refused_whole(acts: Any, clerk: Actor) -> None:
    answer = program_of(clerk).post("/api/batch", {"acts": acts}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "ACT-INPUT")


def test_a_batch_does_with_a_token_what_the_token_is_for(world: World, clerk: Actor) -> None:
    acts = {"acts": [opening(world, 1), {"action": "cases.read_notices"}]}
    answers = Client().post("/api/batch", acts, content_type=JSON, **bearer(clerk, "filings")).json()["answers"]
    assert [one["status"] for one in answers] == [200, 403]
    assert answers[1]["refusal"]["code"] == "API-SCOPE"


@pytest.fixture
def officer(world: World) -> Actor:
    """Who is an officer and a director of the province: never both in one matter."""
    held = (("provincial_officer", world.authority), ("provincial_director", world.authority))
    return actor_of(factories.person("both", *held))


@pytest.fixture
def proposed(world: World, officer: Actor) -> Proposal:
    """An account that the officer asks to have closed."""
    account = perform("registry.open_account", officer, data={"organisation": world.plant.code}).result
    outcome = perform("registry.close_account", officer, account, {"reason": "the plant was closed"})
    assert outcome.proposal is not None
    return outcome.proposal


def test_a_proposal_is_read_and_approved_by_another_person(proposed: Proposal, officer: Actor, director: Actor) -> None:
    listed = program_of(director).get("/api/records/proposals?state=open").json()["records"]
    assert [record["id"] for record in listed] == [proposed.pk]
    address = f"/api/proposals/{proposed.pk}"
    read = program_of(director).get(address).json()
    assert (read["data"], read["may_decide"], read["own"]) == ({"reason": "the plant was closed"}, True, False)
    own = program_of(officer).post(f"{address}/decide", {"decision": "approve"}, content_type=JSON)
    assert (own.status_code, own.json()["code"]) == (403, "ACT-SELF")
    wrong = program_of(director).post(f"{address}/decide", {"reason": "yes"}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "ACT-INPUT")
    done = program_of(director).post(f"{address}/decide", {"decision": "approve"}, content_type=JSON).json()
    assert (done["action"], done["proposal"], done["result"]["records"]) == (
        "registry.close_account", proposed.pk, "accounts",
    )  # fmt: skip
    assert program_of(director).get(address).json()["state"] == "approved"
    again = program_of(director).post(f"{address}/decide", {"decision": "approve"}, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "ACT-STATE")


def test_a_proposal_is_sent_back_with_a_reason_or_withdrawn(
    proposed: Proposal, officer: Actor, director: Actor, stranger: Actor
) -> None:
    address = f"/api/proposals/{proposed.pk}"
    blank = program_of(director).post(f"{address}/decide", {"decision": "reject"}, content_type=JSON)
    assert (blank.status_code, blank.json()["code"]) == (422, "ACT-REASON")
    for method, path in (("get", address), ("post", f"{address}/withdraw"), ("post", f"{address}/decide")):
        data = {"decision": "approve"} if path.endswith("decide") else {}
        send = getattr(program_of(stranger), method)
        answer = send(path) if method == "get" else send(path, data, content_type=JSON)
        assert (answer.status_code, answer.json()["code"]) == (404, "ACT-SCOPE"), path
    token = bearer(director, "filings")
    other = Client().post(f"{address}/decide", {"decision": "approve"}, content_type=JSON, **token)
    assert (other.status_code, other.json()["code"]) == (403, "API-SCOPE")
    taken = program_of(officer).post(f"{address}/withdraw", {"reason": "a slip"}, content_type=JSON)
    assert (taken.status_code, taken.json()["result"]) == (200, None)
    assert program_of(officer).get(address).json()["state"] == "withdrawn"


def test_choices_are_those_of_whoever_asks(world: World, officer: Actor, other_officer: Actor) -> None:
    address = "/api/choices/AccountInput/organisation"
    own, elsewhere = (
        {one["code"] for one in program_of(actor).get(address).json()} for actor in (officer, other_officer)
    )
    assert world.plant.code in own - elsewhere
    assert world.other_plant.code in elsewhere - own
    for wrong in ("Nothing/organisation", "AccountInput/nothing", "FilingOpenInput/period"):
        assert program_of(officer).get(f"/api/choices/{wrong}").status_code == 404


def test_a_file_is_stored_once_for_whoever_may_act(clerk: Actor) -> None:
    def stored(**more: Any) -> Any:
        paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.7 a paper", "application/pdf")
        return Client().post("/api/files", {"file": paper}, **more)

    answer = stored(**bearer(clerk, "read", "filings"))
    assert answer.status_code == 200, answer.content
    # shasum -a 256 of the sixteen bytes
    assert (answer.json()["size"], len(answer.json()["sha256"])) == (16, 64)
    assert stored(**bearer(clerk, "read")).json()["code"] == "API-SCOPE"
    assert stored().status_code == 401
