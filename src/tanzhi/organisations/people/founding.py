"""How an installation begins: the platform appoints, until two named people are administrators; then it never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions.registry import Call, Refused, action, anywhere
from tanzhi.actions.roles import ADMINISTRATORS
from tanzhi.organisations.register.queries import misfit, taken
from tanzhi.rulebook.kernel.text import Text

from . import inputs
from .links import Issued, issue
from .model import Founding, Grant, Person

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def platform_begins(actor: Actor) -> bool:
    """Whether this is the platform itself, before anybody was appointed: nobody could be the second person yet."""
    return actor.person_id is None and not Founding.objects.exists()


def refuse_unfounded(call: Call) -> None:
    """No right is given by the platform once there are administrators, nor before both of them have signed in."""
    founding = Founding.objects.select_related("first", "second").first()
    if founding is None:
        return
    if call.actor.person_id is None:
        message = Text(
            "平台自身不再授予权限，由两名管理员办理", "the platform gives no rights any more: two administrators do"
        )
        raise Refused("ORG-PLATFORM", message, 403)
    if not founding.complete:
        message = Text(
            "首批两名管理员均登录后方可办理权限事项",
            "rights are decided once both of the first administrators have signed in",
        )
        raise Refused("ORG-FOUNDING", message, 409)


@action(
    "organisations.appoint_first",
    label=Text("任命首批两名管理员", "Appoint the first two administrators"),
    by={"administrator"},
    place=anywhere,
    input=inputs.FirstAdministrators,
)
def appoint_first(call: Call) -> list[Issued]:
    """A system and a security administrator, two named people, a link each; until both have signed in, no rights."""
    data: inputs.FirstAdministrators = call.data
    appointed = Grant.objects.filter(role__in=ADMINISTRATORS).exists()
    if call.actor.person_id is not None or appointed or Founding.objects.exists():
        message = Text(
            "平台已有管理员，新的管理员由他们授予", "there are administrators already: they grant further ones"
        )
        raise Refused("ORG-FOUNDED", message, 409)
    if data.sign_in_name == data.second_sign_in_name or data.name == data.second_name:
        raise misfit("second_name", Text("第二人", "Second person"), data.second_name, Text("另一人", "another person"))
    people = [
        _first(data.sign_in_name, data.name, data.email),
        _first(data.second_sign_in_name, data.second_name, data.second_email),
    ]
    for person, role in zip(people, sorted(ADMINISTRATORS), strict=True):
        Grant.objects.create(person=person, role=role, since=call.today)
    Founding.objects.create(first=people[0], second=people[1], at=call.now)
    call.attach("people", [person.pk for person in people])
    call.attach_private("names", "、".join(person.name for person in people))
    return [issue(person, "invitation", call.now) for person in people]


def _first(sign_in_name: str, name: str, email: str) -> Person:
    if Person.objects.filter(sign_in_name=sign_in_name).exists():
        raise taken("sign_in_name", Text("登录名", "Sign-in name"), sign_in_name)
    person = Person(sign_in_name=sign_in_name, name=name, email=email)
    person.set_unusable_password()
    person.save()
    return person
