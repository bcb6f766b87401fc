"""What an organisation states when it appoints a representative of its account, and what decides on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.reasons import ShortReason
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Grant
from tanzhi.presentation.forms.fields import Attached, Choices, Help
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.hold_work import OWNER


def own_people(actor: Actor) -> list[tuple[str, Text]]:
    """Whoever may act on an account of an organisation of the reader's today, but for himself."""
    own = {grant.organisation_id for grant in actor.grants if grant.organisation_id is not None}
    grants = Grant.objects.filter(in_force(clock.today()), organisation__in=own, role__in=OWNER, person__state="active")
    people = {
        grant.person_id: grant.person for grant in grants.exclude(person=actor.person_id).select_related("person")
    }
    named = Text("{name}（{sign_in}）", "{name} ({sign_in})")
    return [(str(key), named.format(name=row.name, sign_in=row.sign_in_name)) for key, row in sorted(people.items())]


class RepresentativeInput(Input):
    person: Annotated[int, Label("账户代表", "Representative"), Choices(own_people)]
    since: Annotated[
        date | None, Label("起始日期", "Since"), Help("不填则自批准之日起", "blank: from the day it is accepted")
    ] = None
    files: Annotated[
        list[str],
        Field(min_length=1),
        Label("授权书和身份证明", "Letter of authority and proof of identity"),
        Attached(),
    ]


class RepresentativeReasonInput(Input):
    reason: ShortReason
