"""The only writer of who works on a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.registry import Input, Label, action
from tanzhi.actions.state_record import case_of
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Grant
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.dossier.access import CaseRef, place_of_case, refuse_closed
from tanzhi.workflow.dossier.files import belongs, by_whom
from tanzhi.workflow.notices.delivery import Directory, NoticeDraft, tell

from .model import CaseHandler
from .queries import OFFICE

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.actions.table import Call

ELSEWHERE = Text("{found} 的职责不及该事项", "{found} has no office that reaches this case")
TOLD = Text("由您经办：{name}", "Yours to work on: {name}")


def colleagues(actor: Actor) -> list[tuple[str, Text]]:
    """Officials of the same region or of one below it, by sign-in name."""
    paths = {grant.region_path for grant in actor.grants if grant.role in OFFICE and grant.region_path}
    grants = Grant.objects.filter(in_force(clock.today()), role__in=OFFICE, person__state="active")
    people = {
        grant.person.sign_in_name: same(grant.person.name)
        for grant in grants.select_related("person", "organisation__region").order_by("person__name", "pk")
        if grant.organisation and any(grant.organisation.region.path.startswith(path) for path in paths)
    }
    return list(people.items())


class HandlerInput(Input):
    case: CaseRef
    handler: Annotated[str, Field(min_length=1, max_length=100), Label("经办人", "Case officer"), Choices(colleagues)]


@action(
    "cases.assign", label=Text("指定经办人", "Assign to an officer"), by=OFFICE, place=place_of_case, input=HandlerInput
)
def assign(call: Call) -> CaseHandler:
    """Who works on an open case from now on; he is told of it, unless he took it himself."""
    case = case_of(call.data.case)
    if case is None:
        raise out_of_scope()
    refuse_closed(case)
    within_reach = Directory(call.today, OFFICE).who(OFFICE, case.place)
    person = next((person for person in within_reach if person.sign_in_name == call.data.handler), None)
    if person is None:
        raise Refused("CASE-HANDLER", ELSEWHERE.format(found=call.data.handler), 409)
    row: CaseHandler
    row, _ = CaseHandler.objects.update_or_create(
        case=case.reference,
        defaults=belongs(case) | by_whom(call) | {"handler_id": person.pk, "handler_name": person.name},
    )
    call.attach("handler", person.pk)
    if person.pk != call.actor.person_id:
        key = f"cases.assign:{case.reference}:{call.now.isoformat()}"
        tell([NoticeDraft(person, "case", key, TOLD.format(name=case.name), case.get_absolute_url())], call.now)
    return row
