"""A value entered by two administrators, for tests of other rooms."""

from __future__ import annotations

from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.law.models import ParameterEntry
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tests import factories


def enter_by(administrator: Actor, **data: Any) -> ParameterEntry:
    held = Person.objects.filter(sign_in_name="approves_values").first()
    other = actor_of(held or factories.person("approves_values", ("administrator", None)))
    proposal = perform("law.enter_parameter", administrator, data=data).proposal
    assert proposal is not None
    entry: ParameterEntry = decide(proposal, other).result
    return entry
