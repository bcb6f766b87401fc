"""Every request that the page for integrators prints is sent, in its order, and answered as the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from .conftest import Program, agree

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.web.services.model import ServiceAccount
    from tests.factories import World

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to"
REQUEST = re.compile(r"```http\n(GET|POST) (\S+)\n(?:(\{.*\})\n)?→ (\d{3})(?: (\S+))?\n```")


def requests(page: str) -> list[tuple[str, ...]]:
    text = (HOW_TO / page).read_text("utf-8")
    printed = REQUEST.findall(text)
    assert len(printed) == text.count("```http")
    return printed


def test_both_languages_print_the_same_requests() -> None:
    assert requests("integrator.md") == requests("integrator.zh.md")


def test_each_printed_request_is_answered_as_the_page_says(
    world: World, approver: Actor, account: ServiceAccount, program: Program
) -> None:
    agree(world, approver, account)
    assert (world.plant.code, world.other_plant.code) == ("PLANT", "OTHER")
    answers = []
    printed = requests("integrator.md")
    assert len(printed) > 8
    for method, address, body, status, code in printed:
        call = program.client.get if method == "GET" else program.client.post
        more = {"data": body, "content_type": "application/json"} if method == "POST" else {}
        answer = call(address, headers=program.headers, **more)  # type: ignore[operator]  # of Django's client
        refusal = answer.json().get("code", "") if answer.status_code >= 400 else ""
        answers.append(
            (address, answer.status_code, refusal) == (address, int(status), code) or (address, answer.content)
        )
    assert [answer for answer in answers if answer is not True] == []
