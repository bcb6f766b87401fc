"""Run once in an installation: a small province, two officers with sessions, and accounts that hold allowances."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tanzhi.organisations.people.model import Person

HOLDING = 10**6
SPENDABLE = 700
UNIT = "CEA21"


def seed(var: Path) -> None:
    from django.conf import settings

    from tanzhi.evidence.taking_up import take_up
    from tanzhi.organisations.people.model import Person
    from tests import factories
    from tests.streams.market.conftest import made

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = factories.world()
    books = made(world)
    books.move(books.source, books.plant, HOLDING)
    books.move(books.source, books.other, SPENDABLE)
    sessions = []
    for name, authority in (("officer", world.authority), ("elsewhere", world.other_authority)):
        person = factories.person(name, ("provincial_officer", authority), password=factories.PASSWORD)
        Person.objects.filter(pk=person.pk).update(is_active=True, state="active")
        person.refresh_from_db()
        sessions.append(session_of(person))
    take_up("reliability.seeded", "the books, posted without an act")
    content = {"sessions": sessions, "accounts": [books.plant.pk, books.other.pk]}
    (var / "seed.json").write_text(json.dumps(content))


def session_of(person: Person) -> str:
    """The key of a session in which this person is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def state(account: int) -> dict[str, object]:
    """What the books and the memory of acts say, read past the pages."""
    from django.db.models import Count, Sum

    from tanzhi.actions.models import Performed
    from tanzhi.evidence.models import Entry
    from tanzhi.streams.market.ledger.model import Balance, Command, Hold

    acts = Performed.objects.filter(action="registry.freeze")
    keys = acts.filter(key__isnull=False).values_list("key", flat=True)
    holds = Hold.objects.all()
    postings = Command.objects.filter(kind="freeze").annotate(legs=Count("transfers"))
    return {
        "keys": list(keys),
        "acts": acts.count(),
        "holds": holds.count(),
        "entries": Entry.objects.filter(kind="registry.freeze").count(),
        "postings": postings.count(),
        "torn": postings.exclude(legs=1).count(),
        "holds_here": holds.filter(account_id=account).count(),
        "spent": holds.filter(account_id=account).aggregate(total=Sum("amount"))["total"] or 0,
        "left": Balance.objects.filter(account_id=account).aggregate(total=Sum("amount"))["total"] or 0,
    }


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "seed":
        seed(Path(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(state(int(sys.argv[2]))))
