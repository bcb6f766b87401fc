"""Many acts in one request against as many requests of one act, by a program's token: the same acts, each with its own
line and entry.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice, product
from typing import Any

from bench.lines import RUNS, Line, line

TITLE = "Acts by program"
ACTS = 1000
YEARS = range(2019, 2026)
JSON = "application/json"
REGION, SINCE = "980000", "2019-01-01"
WORDS = {"zh": "示例", "en": "Example", "since": SINCE}
_SERIAL = count(1)


@dataclass(frozen=True, slots=True)
class Crew:
    """A program of somebody who may act, and the acts that it has to do."""

    program: Any
    acts: list[dict[str, Any]]


def measure(toy: bool = False) -> list[Line]:
    from django.core.management import call_command

    size, runs = (24, 1) if toy else (ACTS, RUNS)
    if not toy:
        call_command("migrate", interactive=False, verbosity=0)
    _timed(one_by_one, crew_for(12))
    _timed(batched, crew_for(12))
    pairs = [(_timed(one_by_one, crew_for(size)), _timed(batched, crew_for(size))) for _ in range(runs)]
    processor = [one[0] / many[0] for one, many in pairs]
    wall = [one[1] / many[1] for one, many in pairs]
    notes = f"{size:,} filings opened with a key each, through all middleware, SQLite; lines and entries are compared"
    return [
        line("one by one ÷ a batch, seconds of the processor", processor, "≥ 5", notes),
        line("one by one ÷ a batch, seconds", wall, "≥ 5", notes),
    ]


def one_by_one(crew: Crew) -> list[Any]:
    answers = []
    for act in crew.acts:
        address = f"/api/actions/{act['action']}"
        answer = crew.program.post(address, act["data"], content_type=JSON, headers={"Idempotency-Key": act["key"]})
        answers.append(answer.json()["result"]["code"])
    return answers


def batched(crew: Crew) -> list[Any]:
    answer = crew.program.post("/api/batch", {"acts": crew.acts}, content_type=JSON).json()["answers"]
    return [each["answer"]["result"]["code"] for each in answer]


def _timed(work: Callable[[Crew], list[Any]], crew: Crew) -> tuple[float, float]:
    """Seconds of the processor and of the clock; each act left its line, its entry and its record, or it fails."""
    from tanzhi.actions.models import Performed
    from tanzhi.evidence.models import Entry

    before = Performed.objects.count(), Entry.objects.count()
    begun = time.process_time(), time.perf_counter()
    answers = work(crew)
    taken = time.process_time() - begun[0], time.perf_counter() - begun[1]
    after = Performed.objects.count(), Entry.objects.count()
    wanted = [f"{d['form_code']}:{d['period']}" for d in (act["data"] for act in crew.acts)]
    if [f"{code.split(':')[0]}:{code.split(':')[2]}" for code in answers] != wanted:
        raise AssertionError("another answer than was asked for")
    if [new - old for new, old in zip(after, before, strict=True)] != [len(crew.acts)] * 2:
        raise AssertionError("an act without a line or an entry of its own")
    return taken


def crew_for(size: int) -> Crew:
    """Somebody new who fills in for new plants, with as many months to open."""
    from django.test import Client
    from django.utils import timezone

    from tanzhi.actions.actor import Actor
    from tanzhi.actions.perform import perform
    from tanzhi.evidence.tracking import unrecorded
    from tanzhi.organisations.people.roles import actor_of
    from tanzhi.organisations.register.model import Region
    from tanzhi.web.services.access import digest
    from tanzhi.web.tokens.model import ApiToken

    serial, platform = next(_SERIAL), Actor.platform()
    months = [f"{year}-{month:02d}" for year, month in product(YEARS, range(1, 13))]
    if not Region.objects.filter(code=REGION).exists():
        _do(platform, "add_region", None, {"code": REGION, "kind": "province", **WORDS})
    person = _do(platform, "invite_person", None, {"sign_in_name": f"bench.{serial}", "name": f"Bench {serial}"})
    plants = []
    for number in range(-(-size // len(months))):
        code = f"B{serial}-{number}"
        firm = {"code": code, "kind": "enterprise", "sector": "power", "region": REGION, **WORDS}
        plants.append(_do(platform, "register", None, firm))
        role = {"role": "enterprise_filer", "organisation": code, "since": SINCE}
        _do(platform, "grant_role", person.person, role)
    accepted = {"secret": person.secret, "password": f"painted-caves-of-{serial}"}
    perform("organisations.accept_invitation", actor_of(person.person), person.person, accepted)
    now, secret = timezone.now(), f"secret {serial}"
    row = {"person": person.person, "name": "bench", "digest": digest(secret), "scopes": ["filings"]}
    with unrecorded():
        ApiToken.objects.create(**row, made_at=now, ends_at=now + timedelta(days=1))
    acts = list(islice(_openings(plants, months), size))
    return Crew(Client(headers={"Authorization": f"Bearer {secret}"}, HTTP_HOST="localhost"), acts)


def _do(actor: Any, name: str, subject: Any, data: dict[str, Any]) -> Any:
    from tanzhi.actions.perform import perform

    return perform(f"organisations.{name}", actor, subject, data).result


def _openings(plants: list[Any], months: list[str]) -> Iterator[dict[str, Any]]:
    for plant, month in product(plants, months):
        data = {"form_code": "power.month", "organisation_id": plant.pk, "period": month}
        yield {"action": "filings.open", "key": f"{plant.pk}:{month}", "data": data}
