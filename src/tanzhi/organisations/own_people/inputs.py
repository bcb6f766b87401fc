"""Input models of what a head does with the people of his organisation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.registry import Input, Label
from tanzhi.actions.roles import HEAD, ROLES, ROLES_OF_KIND
from tanzhi.organisations.people.choices import LANGUAGES
from tanzhi.organisations.people.inputs import FreeName, Mail, PersonName
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Choices, Help

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.rulebook.kernel.text import Text


def headed_by(actor: Actor) -> list[int]:
    """The organisations that an actor heads, by their numbers."""
    return [grant.organisation_id for grant in actor.grants if grant.role == HEAD and grant.organisation_id is not None]


def roles_to_give(actor: Actor) -> list[tuple[str, Text]]:
    """Roles that the kinds of the reader's own organisations have people for."""
    kinds = Organisation.objects.filter(pk__in=headed_by(actor)).values_list("kind", flat=True)
    codes = [code for kind in dict.fromkeys(kinds) for code in ROLES_OF_KIND.get(kind, ())]
    return [(code, ROLES[code].label) for code in dict.fromkeys(codes)]


RoleToGive = Annotated[str, Field(min_length=1, max_length=40), Label("角色", "Role"), Choices(roles_to_give)]
Until = Annotated[
    date | None,
    Label("截止日期", "Until"),
    Help("不填则一直有效，直至终止", "blank: it lasts until it is ended"),
]


class NewOwnPerson(Input):
    """Somebody of one's own organisation, with the first role."""

    name: PersonName
    sign_in_name: Annotated[FreeName, Help("3 位以上字母、数字或 . - _ @", "3 or more letters, digits or . - _ @")]
    email: Annotated[
        Mail, Help("用于接收邀请和重置密码的链接", "where the invitation and links to reset the password go")
    ] = ""
    role: RoleToGive
    until: Until = None
    language: Annotated[str, Field(pattern="^(zh-hans|en)$"), Label("语言", "Language"), Choices(LANGUAGES)] = "zh-hans"


class NewOwnRole(Input):
    role: RoleToGive
    until: Until = None


class OwnRoleEnd(Input):
    until: Annotated[
        date | None,
        Label("截止日期", "Until"),
        Help("不填则今日起终止", "blank: it ends today"),
    ] = None
