"""The list of people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.organisations.dated import in_force
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .model import PERSON_STATES, Grant
from .roles import ROLES


def _with_roles(rows: list[Any]) -> None:
    """Roles that a page's people hold today, with one query."""
    roles: dict[int, list[Text]] = {}
    for grant in Grant.objects.filter(in_force(clock.today()), person__in=rows):
        roles.setdefault(grant.person_id, []).append(ROLES[grant.role].label)
    for row in rows:
        row.held = list(dict.fromkeys(roles.get(row.pk, [])))


PEOPLE = Listing(
    "organisations.people",
    title=Text("人员", "People"),
    noun=Text("人", "people"),
    hint=Text("登录名或姓名", "Sign-in name or name"),
    columns=(
        ListColumn(
            "sign_in_name",
            Text("登录名", "Sign-in name"),
            kind="link",
            sort="sign_in_name",
            link=lambda row: reverse("organisations:person", args=[row.pk]),
        ),
        ListColumn("name", Text("姓名", "Name"), sort="name"),
        ListColumn("roles", Text("角色", "Roles"), value="held"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            sort="state",
            words=PERSON_STATES,
            tone={"active": "ok", "invited": "info", "disabled": "late"},
        ),
    ),
    filters=(
        Filter(
            "role",
            Text("角色", "Role"),
            {code: role.label for code, role in ROLES.items()},
            lambda rows, role: rows.filter(
                pk__in=Grant.objects.filter(in_force(clock.today()), role=role).values("person_id")
            ),
        ),
        Filter("state", Text("状态", "State"), PERSON_STATES),
    ),
    search=("sign_in_name", "name"),
    order="sign_in_name",
    prepare=_with_roles,
)
