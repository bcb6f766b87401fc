"""From a program's key to its account, and to what it reaches today."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import timedelta

from django.db import OperationalError

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, ActorRole, ServiceReach
from tanzhi.actions.roles import SERVICE
from tanzhi.organisations.people.queries import PROGRAMS

from .model import ACTIVE, AGREED, ServiceAccount, ServiceConsent

PREFIX = "tzs_"
"""How a program's own key begins, so that nobody takes it for a person's token."""
READ = "read"
NOTE_USE_EVERY = timedelta(minutes=5)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def account_by_key(secret: str) -> ServiceAccount | None:
    """The account of a valid key; that it was used is noted every few minutes, and never waited for."""
    row = (
        ServiceAccount.objects.select_related("organisation__region")
        .filter(digest=digest(secret), state=ACTIVE, ends_on__gte=clock.today(), organisation__state="active")
        .first()
    )
    if row is None:
        return None
    now = clock.now()
    if row.last_used_at is None or now - row.last_used_at >= NOTE_USE_EVERY:
        with suppress(OperationalError):
            ServiceAccount.objects.filter(pk=row.pk).update(last_used_at=now)
    return row


def names_of_programs(numbers: set[int]) -> dict[int, str]:
    """What programs are called in the trail, with their organisations, by the numbers under which they act."""
    rows = ServiceAccount.objects.filter(pk__in={-number for number in numbers}).select_related("organisation")
    return {-row.pk: name_of(row) for row in rows.prefetch_related("organisation__names")}


PROGRAMS.append(names_of_programs)


def name_of(account: ServiceAccount) -> str:
    return f"{account.name}（{account.organisation.name.zh}）"


def consents_in_force(account: ServiceAccount) -> dict[int, frozenset[str]]:
    """What each organisation agrees to today, of what the account is for at all."""
    rows = ServiceConsent.objects.filter(account=account, state=AGREED, until__gte=clock.today())
    own = frozenset(account.scopes)
    return {
        organisation: within(own, frozenset(agreed)) | within(frozenset(agreed), own)
        for organisation, agreed in rows.values_list("organisation", "scopes")
    }


def within(scopes: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of the scopes that others allow, by their own name or that of their room."""
    return frozenset(scope for scope in scopes if {scope, scope.partition(".")[0]} & others)


def actor_of_account(account: ServiceAccount) -> Actor:
    """The program as an actor: it reads of those that agreed to that, and prepares what they agreed to."""
    consents = consents_in_force(account)
    reading = frozenset(organisation for organisation, scopes in consents.items() if READ in scopes)
    reach = ServiceReach(account.pk, account.organisation_id, consents)
    grant = ActorRole(SERVICE.code, assigned=reading)
    return Actor(-account.pk, name_of(account), [grant], clock.today(), "token", reach)
