"""Project owners of the example, one for each city: both streams of projects act through them."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.organisations.register.model import Organisation, Region

from .crew import acting
from .people import SINCE, employ

FIRST = "620800"
"""Where the example's own owner (O1) builds."""


def owner_of(city: Region) -> tuple[str, Actor]:
    """The city's owner and who acts for it; invented at the first call."""
    if city.code == FIRST:
        return "O1", acting("owner")
    code = f"O{city.code}"
    if not Organisation.objects.filter(code=code).exists():
        named = {"zh": f"{city.name_zh}绿色发展公司（示例）", "en": f"{city.name_en} Green Development (example)"}
        data = {"code": code, "kind": "project_owner", "region": city.code, "since": SINCE.isoformat(), **named}
        perform("organisations.register", Actor.platform(), data=data)
        employ(Actor.platform(), f"owner.{city.code}", f"{city.name_zh}项目业主（示例）", "project_owner", code)
    return code, acting(f"owner.{city.code}")
