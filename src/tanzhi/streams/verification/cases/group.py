"""Forming the group of a case: two or more of one body, none with a conflict of interest, none for too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import Q
from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.law.evaluation import count
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Assignment, Grant, Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.clocks import MONTHS, add_months
from tanzhi.rulebook.kernel.text import Text, same

from .model import Conflict, Member, Verification

if TYPE_CHECKING:
    from datetime import date

    from tanzhi.actions.actor import Actor
    from tanzhi.actions.table import Call


def verifiers(_actor: Actor) -> list[tuple[str, Text]]:
    """Verifiers by name, with their body."""
    from tanzhi.actions import clock

    grants = Grant.objects.filter(in_force(clock.today()), role="verifier").select_related("person", "organisation")
    named = Text("{name}（{body}）", "{name} ({body})")
    return [
        (
            str(grant.person_id),
            named.format(name=grant.person.name, body=grant.organisation.name if grant.organisation else "–"),
        )
        for grant in grants.order_by("organisation__code", "person__sign_in_name")
    ]


class GroupInput(Input):
    leader: Annotated[int, Label("组长", "Leader"), Choices(verifiers)]
    members: Annotated[
        list[int],
        Label("组员", "Members"),
        Choices(verifiers),
        Help("核查组至少两人，须来自同一核查机构", "A group has two or more of one body"),
    ] = Field(default_factory=list)


def form_group(call: Call, case: Verification) -> None:
    """The province names the group; its body may from now on read the enterprise's data."""
    people = _people([call.data.leader, *call.data.members], call.today)
    # The one verification body that all of them work for.
    bodies: set[Organisation] = set()
    for person in people:
        grants = Grant.objects.filter(in_force(call.today), person=person, role="verifier").select_related(
            "organisation"
        )
        own = {grant.organisation for grant in grants if grant.organisation is not None}
        if not own:
            message = Text("{name}不是在任核查员", "{name} is no verifier today").format(name=person.name)
            raise Refused("VER-PERSON", message, 422)
        bodies = own if not bodies else bodies & own
    if len(bodies) != 1:
        raise Refused("VER-BODY", Text("核查组成员须来自同一核查机构", "a group is of one verification body"), 422)
    body = bodies.pop()
    _refuse_conflicts(case, body, people, call.today)
    _refuse_long(case, body, people, call.today)
    Member.objects.filter(case=case).delete()
    Member.objects.bulk_create(
        Member(case=case, person=person, leader=person.pk == call.data.leader) for person in people
    )
    case.body = body
    call.attach("group", [person.pk for person in people])
    # The body is asked to look after the enterprise, if it was not before; that is an act of its own.
    from tanzhi.actions.perform import perform

    assignments = Assignment.objects.filter(in_force(call.today), holder=body, organisation=case.organisation)
    if not assignments.exists():
        data = {"holder": body.code, "since": call.today, "basis": f"{case.year} 年度核查"}
        perform("organisations.assign", call.actor, case.organisation, data)


def _people(keys: list[int], on: date) -> list[Person]:
    members = list(dict.fromkeys(keys))
    least = count("procedure.verification_group", on=on)
    if len(members) < least:
        message = Text("核查组至少 {n} 人，现为 {found} 人", "a group has at least {n} people, found {found}")
        raise Refused("VER-GROUP", message.format(n=least, found=len(members)), 422)
    by_key = Person.objects.in_bulk(members)
    if len(by_key) < len(members):
        raise Refused("VER-PERSON", Text("名单中有平台上没有的人员", "the list names somebody unknown here"), 422)
    return [by_key[key] for key in members]


def _refuse_conflicts(case: Verification, body: Organisation, people: list[Person], on: date) -> None:
    declared = Conflict.objects.filter(in_force(on), organisation=case.organisation)
    for conflict in declared.filter(Q(body=body) | Q(person__in=people)).select_related("person"):
        who = same(conflict.person.name) if conflict.person else body.name
        message = Text(
            "{who}与该单位存在利益冲突：{kind}（{basis}）", "{who} has a conflict of interest: {kind} ({basis})"
        )
        raise Refused("VER-COI", message.format(who=who, kind=conflict.kind_label, basis=conflict.basis), 422)
    years = count("procedure.verification_staff_years", on=on)
    begun = add_months(on, -MONTHS * years)
    staff = Grant.objects.filter(person__in=people, organisation=case.organisation, since__lte=on)
    recent = staff.filter(Q(until=None) | Q(until__gt=begun)).select_related("person").first()
    if recent is not None:
        message = Text("{who}在 {n} 年内曾任职于该单位", "{who} worked for this enterprise within {n} years")
        raise Refused("VER-STAFF", message.format(who=recent.person.name, n=years), 422)


def _refuse_long(case: Verification, body: Organisation, people: list[Person], on: date) -> None:
    """Neither a body nor a person verifies one enterprise for too many years in a row."""
    most = count("procedure.verification_years_in_a_row", on=on)
    others = Verification.objects.filter(organisation=case.organisation).exclude(pk=case.pk)
    looked = [(body.name, others.filter(body=body))]
    looked += [(same(person.name), others.filter(members__person=person)) for person in people]
    for who, cases in looked:
        # How many years right before this one are among them.
        years = set(cases.values_list("year", flat=True))
        row = 0
        while case.year - row - 1 in years:
            row += 1
        if row >= most:
            message = Text(
                "{who}已连续 {n} 年核查该单位，至多 {most} 年",
                "{who} has verified it {n} years in a row; {most} at most",
            )
            raise Refused("VER-YEARS", message.format(who=who, n=row, most=most), 422)


def refuse_outsiders(call: Call, case: Verification) -> None:
    """What the group does, only its members do."""
    if not case.members.filter(person_id=call.actor.person_id or 0).exists():
        raise Refused("VER-MEMBER", Text("须由核查组成员办理", "this is done by members of the group"), 403)
