"""Two administrators, of whom one enters and the other approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.organisations.roles import actor_of
from tests import factories

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.law.models import ParameterEntry

Enter = Callable[..., "ParameterEntry"]


@pytest.fixture
def other_administrator(db: None) -> Actor:
    return actor_of(factories.person("other_administrator", ("administrator", None)))


@pytest.fixture
def enter(administrator: Actor, other_administrator: Actor) -> Enter:
    """Enter a value, proposed by one administrator and approved by another."""

    def entered(**data: Any) -> ParameterEntry:
        proposal = perform("law.enter_parameter", administrator, data=data).proposal
        assert proposal is not None
        result: ParameterEntry = decide(proposal, other_administrator).result
        return result

    return entered
