"""The API: one operation for each registered action, so that no page can do what it cannot."""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Header, NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema, get_schema
from ninja.parser import Parser

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import ACTIONS, Action
from tanzhi.actions.typed import refuse_constant
from tanzhi.actions.validation import finding_of, misfits
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.records.names import numbered

from .api_acts import Done, done, subject_for
from .api_description import complete
from .middleware import actor_for
from .tokens.work import SessionAuth, TokenAuth


class ExactParser(Parser):
    """A body's numbers as they are written: 0.1 is no binary number, 1e3 and NaN are read like words."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_float=str, parse_constant=refuse_constant)


class DescribedOnce(NinjaAPI):
    """Describes itself once: the inputs of hundreds of actions, none of which changes while it runs."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return described(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


@cache
def described(whole: NinjaAPI, prefix: str) -> OpenAPISchema:
    """What the API offers below an address, as OpenAPI."""
    schema: OpenAPISchema = complete(get_schema(api=whole, path_prefix=prefix))
    return schema


api = DescribedOnce(
    parser=ExactParser(),
    title="Tanzhi 碳治",
    version="1",
    description="Every change goes through a registered action; messages come in Chinese and English.",
    auth=[TokenAuth(), SessionAuth()],
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    """A refusal in both languages, with its code and findings."""
    return api.create_response(request, fault.as_dict(), status=fault.status)


@api.exception_handler(ValidationError)
def misfit(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Input of the wrong type: a finding for each field, as an action's own refusal has them."""
    name = request.path.rstrip("/").rpartition("/")[2]
    model = ACTIONS[name].input if name in ACTIONS else Schema
    # Without where in the request a field stood; what was found is not repeated by the library.
    findings = [
        finding_of(
            model,
            name,
            {"input": "", **error}
            | {"loc": [part for part in error["loc"] if part not in ("body", "data", "query", "path")]},
        )
        for error in fault.errors
    ]
    return api.create_response(request, misfits(findings).as_dict(), status=422)


Stated = Annotated[dict[str, Any], Body()]
"""What an action is told: described as its own input, and read by the action itself, as in a batch."""


class ActSubject(Schema):
    """What an action is done to: its code or its number, and the revision that was read of it."""

    subject: int | None = None
    code: str | None = None
    seen: int | None = None


def expose(entry: Action) -> None:
    """`POST /api/actions/<name>`: the subject's code or number in the query, input in the body, a key in a header."""

    def act(request: HttpRequest, data: Stated, subject: int | str | None, seen: int | None, key: str | None) -> Done:
        actor = actor_for(request)
        stated = numbered(entry, actor, data)
        return done(request, entry.name, perform(entry.name, actor, subject, stated, idempotency_key=key, seen=seen))

    def open_or_state(
        request: HttpRequest,
        data: Stated,
        idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Done:
        return act(request, data, None, None, idempotency_key)

    def do_to_subject(
        request: HttpRequest,
        data: Stated,
        on: Annotated[ActSubject, Query()],
        idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Done:
        return act(request, data, subject_for(request, entry, on.subject, on.code), on.seen, idempotency_key)

    operation: Any = do_to_subject if entry.subject else open_or_state
    api.post(
        f"actions/{entry.name}",
        response=Done,
        operation_id=entry.name.replace(".", "_"),
        summary=f"{entry.label.zh} / {entry.label.en}",
        tags=[entry.name.partition(".")[0]],
    )(operation)


for _action in ACTIONS.values():
    expose(_action)


class Me(Schema):
    name: str
    roles: list[str]


@api.get("me", response=Me)
def me(request: HttpRequest) -> Me:
    """Who the token or session speaks for."""
    actor = actor_for(request)
    own = request.user.name if isinstance(request.user, Person) and actor.service is None else actor.name
    return Me(name=own, roles=sorted(actor.roles))


api.add_router("/filings/", "tanzhi.filings.deposits.api.router")
api.add_router("/", "tanzhi.web.api_acts.router")
api.add_router("/events", "tanzhi.web.events.api.router")
api.add_router("/records/", "tanzhi.web.api_records.router")
api.add_router("/", "tanzhi.web.api_values.router")
