"""What schemathesis makes up from the description, for every role: nothing outside the description, no fault."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import hypothesis
import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase

from tanzhi.web.api import api
from tests.web.api.test_reads import validator
from tests.web.conftest import SIGNED_IN

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

SHARES = 11  # each operation is tried by one or two of the roles, which takes a minute of the processor
ROLES = sorted([*SIGNED_IN, "public", "stranger"])
BOUNDED = hypothesis.settings(
    max_examples=1,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
)


@cache
def operations() -> list[Any]:
    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
    loaded = schemathesis.openapi.from_dict(described)
    return [result.ok() for result in loaded.get_all_operations()]


def misfit(operation: Any, answer: Any) -> str:
    """How an answer differs from what is described of its operation."""
    described = operation.definition.raw["responses"]
    if str(answer.status_code) not in described or answer.status_code >= 500:
        return f"status {answer.status_code}"
    if answer.status_code >= 400:
        schema = "Refusal"
    else:
        content = described[str(answer.status_code)]["content"]["application/json"]["schema"]
        schema = content.get("$ref", "").rpartition("/")[2]
    errors = [error.message for error in validator(schema).iter_errors(answer.json())] if schema else []
    return "; ".join(errors)[:200]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_gets_an_answer_that_is_not_described(role: str, enter: Callable[[str], Client]) -> None:
    browser, odd, count = enter(role), [], 0
    for at, operation in enumerate(operations()):
        if at % SHARES != ROLES.index(role) % SHARES:
            continue

        @BOUNDED
        @hypothesis.given(case=operation.as_strategy())
        def tried(case: Any) -> None:
            nonlocal count
            sent = {"content_type": "application/json", "data": json.dumps(case.body)} if case.method == "POST" else {}
            with transaction.atomic():
                answer = browser.generic(
                    case.method, f"{case.formatted_path}?{urlencode(case.query or {}, doseq=True)}", **sent
                )
                transaction.set_rollback(True)
            count += 1
            if wrong := misfit(case.operation, answer):
                odd.append((case.method, case.formatted_path, wrong))

        tried()
    assert odd == []
    assert count >= len(operations()) // SHARES
