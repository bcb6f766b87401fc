"""A few actions of the tests' own, on organisations, so that each rule of the core is tried by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import Field

from tanzhi.actions.registry import ACTIONS, Call, Input, Label, action
from tanzhi.organisations.register.model import Organisation, OrganisationEvent
from tanzhi.rulebook.kernel.text import Text


class Note(Input):
    words: Annotated[str, Field(min_length=2), Label("说明", "Words")]
    tonnes: Annotated[int, Label("吨数", "Tonnes")] = 0


@pytest.fixture(autouse=True)
def own_actions() -> Iterator[None]:
    """Registered for one test and gone after it."""
    known = dict(ACTIONS)

    @action(
        "t.note",
        label=Text("记事", "Note"),
        by={"enterprise_filer", "provincial_officer"},
        subject=Organisation,
        input=Note,
        leaves={"active"},
    )
    def note(call: Call, organisation: Organisation) -> OrganisationEvent:
        call.attach("words", call.data.words)
        return OrganisationEvent.objects.create(
            organisation=organisation, kind="listed", on=call.today, basis=call.data.words
        )

    @action(
        "t.suspend",
        label=Text("中止", "Suspend"),
        by={"provincial_officer"},
        subject=Organisation,
        leaves={"active"},
        enters="suspended",
    )
    def suspend(call: Call, organisation: Organisation) -> Organisation:
        return organisation

    @action(
        "t.fine",
        label=Text("罚款", "Fine"),
        by={"provincial_officer"},
        subject=Organisation,
        input=Note,
        second_person=True,
        approvers={"provincial_director", "provincial_officer"},
    )
    def fine(call: Call, organisation: Organisation) -> OrganisationEvent:
        return OrganisationEvent.objects.create(
            organisation=organisation, kind="listed", on=call.today, basis=call.data.words
        )

    @action("t.break", label=Text("出错", "Break"), by={"provincial_officer"}, subject=Organisation)
    def broken(call: Call, organisation: Organisation) -> None:
        OrganisationEvent.objects.create(organisation=organisation, kind="listed", on=call.today, basis="half")
        raise RuntimeError("half-way")

    yield
    ACTIONS.clear()
    ACTIONS.update(known)
