"""Tokens for programs: made and ended by actions, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.roles import PERSON
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.organisations.models import Person
from tanzhi.rulebook.kernel.text import Text

from .models import ApiToken


class NewToken(Input):
    """What a token is for, and for how many days."""

    name: Annotated[str, Field(min_length=1, max_length=100), Label("用途", "What it is for")]
    days: Annotated[int, Field(ge=1, le=366), Label("有效天数", "Valid for days")] = 90


@dataclass(frozen=True, slots=True)
class MadeToken:
    """The token itself, which is shown this once; printed, it shows its number only."""

    number: int
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"token {self.number}"


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@action(
    "web.make_token", label=Text("建立接口令牌", "Make an API token"), by={PERSON.code}, subject=Person, input=NewToken
)
def make_token(call: Call, person: Person) -> MadeToken:
    secret = secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        person=person,
        name=call.data.name,
        digest=digest(secret),
        made_at=call.now,
        ends_at=call.now + timedelta(days=call.data.days),
    )
    return MadeToken(made.pk, secret)


class TokenNumber(Input):
    """Which of one's tokens."""

    number: Annotated[int, Label("编号", "Number")]


@action(
    "web.end_token", label=Text("停用接口令牌", "End an API token"), by={PERSON.code}, subject=Person, input=TokenNumber
)
def end_token(call: Call, person: Person) -> int:
    return ApiToken.objects.filter(person=person, pk=call.data.number, ended_at=None).update(ended_at=call.now)


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …`"""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        held = ApiToken.objects.select_related("person").filter(
            digest=digest(token), ended_at=None, ends_at__gt=clock.now(), person__is_active=True
        )
        found = held.first()
        if found is None:
            return None
        request.user = found.person
        return found.person
