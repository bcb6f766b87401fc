"""Conflicts of interest between verifiers and enterprises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Input, Label, action, anywhere
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.register.choices import organisations
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text

from .model import CONFLICTS, Conflict

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


class ConflictInput(Input):
    organisation: Annotated[str, Label("重点排放单位", "Enterprise"), Choices(organisations)]
    body: Annotated[
        str, Label("核查机构代码", "Code of the body"), Help("机构或人员至少填一项", "a body or a person")
    ] = ""
    person: Annotated[str, Label("人员登录名", "Sign-in name of the person")] = ""
    kind: Annotated[str, Label("利益关系", "Conflict"), Choices(CONFLICTS)]
    since: Annotated[date, Label("自", "Since")]
    until: Annotated[date | None, Label("至", "Until")] = None
    basis: Annotated[str, Field(min_length=2, max_length=300), Label("依据", "Basis")]


@action(
    "verification.declare_conflict",
    label=Text("登记利益冲突", "Declare a conflict of interest"),
    by={"verifier", "provincial_officer"},
    place=anywhere,
    input=ConflictInput,
    law="核查机构和核查员不得与被核查单位存在利益关系",
)
def declare_conflict(call: Call) -> Conflict:
    """A body or a person declares its own; the province declares any of its region."""
    data: ConflictInput = call.data
    if data.kind not in CONFLICTS:
        raise Refused(
            "VER-KIND", Text("没有这种利益关系：{found}", "no such conflict: {found}").format(found=data.kind)
        )
    organisation = organisation_by_code(data.organisation)
    body = organisation_by_code(data.body, "body") if data.body else None
    person = Person.objects.filter(sign_in_name=data.person).first() if data.person else None
    if body is None and person is None:
        raise Refused("VER-WHO", Text("须写明机构或人员", "say which body or person"), 422)
    if call.role == "verifier":
        # A verifier speaks for himself, for his body, and for its people.
        own = {grant.organisation_id for grant in call.actor.grants if grant.role == "verifier"}
        theirs = Grant.objects.filter(in_force(call.today), person=person, organisation__in=own) if person else None
        if (body is not None and body.pk not in own) or (theirs is not None and not theirs.exists()):
            raise Refused("VER-OTHERS", Text("只能申报本机构及其人员", "only for your own body and its people"), 403)
    else:
        call.require(organisation.place)
    fields = {"kind": data.kind, "since": data.since, "until": data.until, "basis": data.basis}
    conflict: Conflict = Conflict.objects.create(organisation=organisation, body=body, person=person, **fields)
    return conflict
