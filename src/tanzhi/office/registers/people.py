"""People with what they may out of a sheet: one security administrator hands it in, another decides on the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.actions.validation import Label
from tanzhi.office.imports.model import COMMITTED, Import
from tanzhi.office.imports.work import BESIDE, Importer, refuse_otherwise, remove
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.choices import ROLES_TO_GRANT, employers
from tanzhi.organisations.people.inputs import NewGrant, NewPerson
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.work import RIGHTS, SECURITY, grant_role, invite_person
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.presentation.forms.preview import PagePart
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NAME = Text("姓名", "Name")


class PersonRow(NewPerson):
    """Somebody with one role; a person with two roles has two rows."""

    role: Annotated[
        str,
        Label("角色", "Role"),
        Choices(ROLES_TO_GRANT),
        Help("一人多个角色的，每个角色一行", "somebody with several roles has a row for each"),
    ]
    organisation: Annotated[str, Label("单位代码", "Organisation code"), Choices(employers)] = ""
    since: Annotated[date, Label("起始日期", "Since")]
    until: Annotated[date | None, Label("截止日期", "Until")] = None


def add(call: Call, row: PersonRow) -> Grant:
    """As inviting and granting do it; the second person of the whole file is that of each right."""
    person = Person.objects.filter(sign_in_name=row.sign_in_name).first()
    if person is None:
        data = NewPerson(**row.model_dump(include=set(NewPerson.model_fields)))
        person = invite_person(replace(call, data=data, attached={}, private={})).person
        call.attached.setdefault("person", []).append(person.pk)
        call.private.setdefault("names", []).append(person.name)
    else:
        refuse_otherwise({"name": (NAME, row.name, person.name)})
    data_of_grant = NewGrant(**row.model_dump(include=set(NewGrant.model_fields)))
    grant: Grant = grant_role(replace(call, data=data_of_grant), person)
    return grant


def stands(_call: Call, row: PersonRow) -> bool:
    """The person has the role there on its first day."""
    grants = Grant.objects.filter(in_force(row.since), person__sign_in_name=row.sign_in_name, role=row.role)
    return any((grant.organisation.code if grant.organisation else "") == row.organisation for grant in grants)


def rows(_actor: Actor) -> Iterator[dict[str, Any]]:
    """Roles of today with whoever has them."""
    grants = Grant.objects.filter(in_force(clock.today())).select_related("person", "organisation")
    for grant in grants.order_by("person__sign_in_name", "pk"):
        person, organisation = grant.person, grant.organisation
        fields = {name: getattr(person, name) for name in ("sign_in_name", "name", "email", "language")}
        code = organisation.code if organisation else ""
        yield fields | {"role": grant.role, "organisation": code, "since": grant.since, "until": grant.until}


_SIGNED_IN = Text(
    "{name}已接受邀请，请逐人终止角色或停用账户",
    "{name} has accepted the invitation: end the role or disable the person",
)


def undo(_call: Call, grant: Grant) -> None:
    """Somebody who has not come in yet goes out again with his last role; whoever has come in stays."""
    person = grant.person
    if person.state != "invited":
        raise Refused("IMP-BUILT", _SIGNED_IN.format(name=person.name), 409)
    remove(grant)
    if not person.grants.exists():
        remove(*person.tokens.all(), person)


PEOPLE = Importer(
    "organisations.people",
    title=Text("人员与角色", "people and their roles"),
    row=PersonRow,
    by=frozenset(SECURITY),
    add=add,
    undo=undo,
    fills="organisations.people",
    heads={
        "sign_in_name": ("账号", "用户名", "登录账号"), "email": ("电子邮箱", "邮箱地址", "email"),
        "organisation": ("单位", "所在单位", "organisation"), "since": ("生效日期",),
    },
    example={
        "sign_in_name": "zhang.san", "name": "张三", "email": "zhang.san@example.com", "language": "zh-hans",
        "role": "enterprise_filer", "since": "2024-01-01",
    },
    present=stands,
    rows=rows,
    terms=RIGHTS,
)  # fmt: skip


def invited(committed: Import) -> list[Person]:
    """Whom an import invited and who has not come in yet, by sign-in name."""
    keys = [int(ref.rpartition(":")[2]) for ref in committed.added]
    people = Person.objects.filter(grants__in=keys, state="invited") if committed.state == COMMITTED else ()
    return sorted(set(people), key=lambda person: person.sign_in_name)


def way_to_invitations(committed: Import, actor: Actor) -> PagePart | None:
    """On the page of an import: the button that makes everybody's link and prints or mails it."""
    waiting = invited(committed) if actor.roles & SECURITY else []
    records = {"committed": committed, "people": waiting}
    return PagePart("cases/invitations_way.html", records) if waiting else None


BESIDE.setdefault(PEOPLE.name, []).append(way_to_invitations)
