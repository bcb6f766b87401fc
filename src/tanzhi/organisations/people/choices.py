"""Choices of fields about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.actions.roles import ROLES
from tanzhi.organisations.register.choices import organisations
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

LANGUAGES = {"zh-hans": Text("中文", "Chinese"), "en": Text("英文", "English")}
ROLES_TO_GRANT = {code: role.label for code, role in ROLES.items() if code != "public"}


def employers(actor: Actor) -> list[tuple[str, Text]]:
    """Where somebody may be employed: all for whoever keeps the accounts, who sees no records of theirs."""
    if "security_administrator" not in actor.roles:
        return organisations(actor)
    active = list(Organisation.objects.filter(state="active"))
    names = names_of(active, clock.today())
    return [
        (organisation.code, names.get(organisation.pk, Text(organisation.code, organisation.code)))
        for organisation in active
    ]
