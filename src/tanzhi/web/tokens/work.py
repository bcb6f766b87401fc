"""Tokens for programs: made and ended by actions, shown once, kept as a digest; each for what it is for and no more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf
from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PERSON
from tanzhi.actions.table import ACTIONS, Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.organisations.people.alerts import alert
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import lacks_time_code
from tanzhi.organisations.people.sign_in_pages import NEEDS_CODE
from tanzhi.organisations.people.work import ENDINGS
from tanzhi.organisations.register.queries import misfit
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.web.services.access import PREFIX, READ, account_by_key, actor_of_account, digest
from tanzhi.web.services.model import ServiceAccount
from tanzhi.web.turns import READING

from .model import ApiToken

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

ACTION_ADDRESS = "/api/actions/"
SEVERAL = ("/api/batch", "/api/proposals/", "/api/files")
"""Where each act is asked by itself whether the token is for it."""


def offered_scopes(_actor: Actor) -> list[tuple[str, Text]]:
    """What a token may be for: reading, and the actions of a room; one action alone may be named through the API."""
    rooms = sorted({name.partition(".")[0] for name in ACTIONS})
    return [(READ, Text("只读", "read only")), *((room, same(f"{room}.*")) for room in rooms)]


class NewToken(Input):
    """What a token is for, what it may do, and for how many days."""

    name: Annotated[str, Field(min_length=1, max_length=100), Label("用途", "What it is for")]
    scopes: Annotated[
        list[str],
        Field(min_length=1),
        Label("可办理", "May do"),
        Choices(offered_scopes),
        Help("仅选程序需要的范围", "only what the program needs"),
    ] = Field(default_factory=lambda: [READ])
    days: Annotated[int, Field(ge=1, le=366), Label("有效天数", "Valid for days")] = 90


@dataclass(frozen=True, slots=True)
class MadeToken:
    """The token itself, which is shown this once; printed, it shows its number only."""

    number: int
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"token {self.number}"

    def shown_once(self) -> list[str]:
        return [self.secret]


@action(
    "web.make_token",
    label=Text("建立接口令牌", "Make an API token"),
    by={PERSON.code},
    subject=Person,
    input=NewToken,
    sensitive=True,
)
def make_token(call: Call, person: Person) -> MadeToken:
    """A program's key to what it is for; it ends with its days, with the password, and when it is ended."""
    data: NewToken = call.data
    scopes = {READ, *ACTIONS, *(name.partition(".")[0] for name in ACTIONS)}
    for scope in data.scopes:
        if scope not in scopes:
            expected = Text("只读、模块或操作名称", "read, a room or an action")
            raise misfit("scopes", Text("可办理", "May do"), scope, expected)
    secret = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        person=person,
        name=data.name,
        digest=digest(secret),
        scopes=sorted(set(data.scopes)),
        made_at=call.now,
        ends_at=call.now + timedelta(days=data.days),
    )
    alert(call, person, Text("建立了接口令牌“{name}”", "API token “{name}” was made").format(name=data.name))
    return MadeToken(row.pk, secret)


class TokenNumber(Input):
    """Which of one's tokens."""

    number: Annotated[int, Label("编号", "Number")]


@action(
    "web.end_token", label=Text("停用接口令牌", "End an API token"), by={PERSON.code}, subject=Person, input=TokenNumber
)
def end_token(call: Call, person: Person) -> int:
    return ApiToken.objects.filter(person=person, pk=call.data.number, ended_at=None).update(ended_at=call.now)


def end_all(person: Person, now: datetime) -> int:
    """Every token of a person ends: his password did, or his account."""
    return ApiToken.objects.filter(person=person, ended_at=None).update(ended_at=now)


ENDINGS.append(end_all)


_UNKNOWN = Text("令牌无效、已到期或已停用", "the token is unknown, has expired or was ended")
_SCOPE = Text("令牌的范围不含 {wanted}", "the token is not for {wanted}")


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …`: the token's person, or a program in its own name, for what the token is for."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        if token.startswith(PREFIX):
            return self.program(request, token)
        valid = ApiToken.objects.select_related("person").filter(
            digest=digest(token), ended_at=None, ends_at__gt=clock.now(), person__is_active=True
        )
        row = valid.first()
        if row is None:
            raise Refused("API-TOKEN", _UNKNOWN, 401)
        request.user = row.person
        request.api_token = row  # type: ignore[attr-defined]  # what the request is done with
        if request.method in READING or not request.path.startswith(SEVERAL):
            refuse_scope(request, wanted_scope(request))
        return row.person

    def program(self, request: HttpRequest, key: str) -> Any:
        """A service account: its acts are asked by the action itself, so that what is for people is told as such."""
        account = account_by_key(key)
        if account is None:
            raise Refused("API-TOKEN", _UNKNOWN, 401)
        request.api_token = account  # type: ignore[attr-defined]
        request.service_actor = partial(actor_of_account, account)  # type: ignore[attr-defined]  # asked anew each time
        if request.method in READING or not request.path.startswith(SEVERAL):
            refuse_scope(request, wanted_scope(request))
        return account


def refuse_scope(request: HttpRequest, scope: str) -> None:
    """Refuse what the token of a request is not for; whoever signed in may do what his roles let him."""
    row: ApiToken | ServiceAccount | None = getattr(request, "api_token", None)
    if isinstance(row, ServiceAccount) and scope in ACTIONS and not ACTIONS[scope].prepares:
        return  # for people alone, whatever the key is for: the action says so
    if row is not None and not {scope, scope.partition(".")[0]} & set(row.scopes):
        raise Refused("API-SCOPE", _SCOPE.format(wanted=scope), 403)


def wanted_scope(request: HttpRequest) -> str:
    """What a token must be for: the action's name, the room whose part of the API is written to, or reading."""
    if request.path.startswith(ACTION_ADDRESS):
        return request.path.removeprefix(ACTION_ADDRESS).strip("/")
    return READ if request.method in READING else request.path.removeprefix("/api/").partition("/")[0]


_NOBODY = Text("请登录，或在请求头给出令牌", "sign in, or give a token in the request's header")
_FORGED = Text("缺少 CSRF 令牌；程序请使用接口令牌", "the CSRF token is missing; programs use an API token")


class SessionAuth(APIKeyCookie):
    """Whoever signed in with a browser; whoever did not is told so (401) before anything else is asked."""

    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=False)  # asked below, with an answer in the API's own shape

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            raise Refused("API-AUTH", _NOBODY, 401)
        if check_csrf(request):
            raise Refused("API-CSRF", _FORGED, 403)
        if lacks_time_code(request):
            raise Refused("ORG-TOTP", NEEDS_CODE, 403)
        return request.user
