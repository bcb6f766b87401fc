"""What the national registry states of accounts before our books begin, out of a sheet; two people decide on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import Q
from pydantic import Field

from tanzhi.actions.refusal import wrong_state
from tanzhi.actions.table import Call
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer, remove
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.organisations.register.queries import organisation_by_code, unknown
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import Command
from tanzhi.streams.market.ledger.posting import Who, post, reversal, short
from tanzhi.streams.market.ledger.work import DIRECTOR, OFFICER, RULES

from .cycle_work import OPEN, after_carrying, carry_in, follow_owed, opening_key
from .inputs import Carried, CarriedInput
from .model import CarriedIn

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

CYCLE = Text("履约周期", "Cycle")


def cycles(actor: Actor) -> list[tuple[str, Text]]:
    """Cycles of the reader's province that are open, by code."""
    return [(cycle.code, cycle.name) for cycle in cycles_of(actor) if cycle.state == OPEN]


def cycles_of(actor: Actor) -> list[Cycle]:
    rows = Cycle.objects.select_related("region")
    return [cycle for cycle in rows if any(actor.reaches(role, cycle.place) for role in OFFICER | DIRECTOR)]


class OpeningRow(Carried):
    """One account of the statement, in one cycle."""

    cycle: Annotated[str, Field(min_length=1, max_length=20), Label("履约周期", "Cycle"), Choices(cycles)]
    source: Annotated[str, Field(min_length=4, max_length=300), Label("依据", "Source")]


def cycle_of(call: Call, code: str) -> Cycle:
    cycle = next((cycle for cycle in cycles_of(call.actor) if cycle.code == code), None)
    if cycle is None:
        raise unknown("cycle", CYCLE, code)
    return cycle


def add(call: Call, row: OpeningRow) -> CarriedIn:
    """As carrying in does it, a plant at a time."""
    cycle, organisation = cycle_of(call, row.cycle), organisation_by_code(row.organisation)
    if cycle.state != OPEN:
        raise wrong_state(CYCLE, cycle.state, OPEN)
    account = Carried(**row.model_dump(include=set(Carried.model_fields)) | {"organisation": organisation.code})
    part = replace(call, data=CarriedInput(source=row.source, rows=[account]), attached={}, private={})
    carry_in(part, cycle)
    after_carrying(part, cycle)
    return CarriedIn.objects.get(cycle=cycle, organisation=organisation)


def stands(call: Call, row: OpeningRow) -> bool:
    """The balance is carried in already, with the same numbers."""
    cycle, organisation = cycle_of(call, row.cycle), organisation_by_code(row.organisation)
    carried = CarriedIn.objects.filter(cycle=cycle, organisation=organisation).first()
    if carried is None:
        return False
    return stands_as(row, {name: getattr(carried, name) for name in ("owed", "surrendered", "met_on", "holding")})


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    own = CarriedIn.objects.filter(cycle__in=[cycle.pk for cycle in cycles_of(actor)])
    for row in own.select_related("cycle", "organisation").order_by("cycle__code", "organisation__code"):
        fields = {name: getattr(row, name) for name in ("owed", "surrendered", "met_on", "holding", "source")}
        yield {"cycle": row.cycle.code, "organisation": row.organisation.code} | fields


def undo(call: Call, carried: CarriedIn) -> None:
    """The posting is mirrored while the account still holds it; what was owed is followed anew."""
    cycle, organisation = carried.cycle, carried.organisation
    if cycle.state != OPEN:
        raise wrong_state(CYCLE, cycle.state, OPEN)
    key = opening_key(cycle, organisation.code)
    command = Command.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:")).order_by("-pk").first()
    if command is not None and (legs := reversal(command)):
        if (missing := short(legs)) is not None:
            raise missing
        post(Who.of(call), f"reverse:{command.pk}", "reverse", {"of": command.pk, "why": call.data.reason}, legs)
    remove(carried)
    follow_owed(call, cycle, "registry.reverse", [organisation])


IMPORT = Importer(
    "registry.openings",
    title=Text("期初结余", "opening balances"),
    row=OpeningRow,
    by=OFFICER,
    add=add,
    undo=undo,
    fills="registry.accounts",
    heads={
        "organisation": ("单位代码", "企业代码", "单位名称", "企业名称"), "owed": ("应清缴量", "应履约量"),
        "surrendered": ("已清缴量", "已履约量"), "holding": ("持有量", "结余"),
    },
    example={
        "organisation": "P01", "owed": "100000", "surrendered": "100000", "met_on": "2023-12-20", "holding": "2500",
        "cycle": "2021-2022", "source": "全国碳排放权注册登记系统对账单",
    },
    present=stands,
    rows=rows,
    terms={"second_person": True, "approvers": DIRECTOR},
    law=RULES,
)  # fmt: skip
