"""What the filings say of a province's readiness: whether what is due was begun."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.readiness import WORK, NextStep, Shortfall, Standing, part
from tanzhi.actions.refusal import Refused
from tanzhi.organisations.register.readiness import named, registered
from tanzhi.organisations.sectors import computed
from tanzhi.rulebook.kernel.text import Text

from .duties import duties

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

OFFICERS = frozenset({"city_officer", "provincial_officer"})
TO_MATRIX = NextStep(Text("查看存证情况、催报", "See the deposits, remind"), OFFICERS, "filings:matrix")


@part("filings.begun", WORK, 10, Text("数据报送", "Reporting"), TO_MATRIX)
def filings_standing(actor: Actor, today: date) -> Standing:
    """Months and reports that are overdue and that nobody has begun."""
    firms = {firm.pk: firm for firm in registered(actor).filter(sector__in=computed()).select_related("region")}
    try:
        owed = duties(firms.values(), today)
    except Refused as refused:  # a deadline that cannot be counted: the calendar or a parameter is missing
        return Standing(Text("期限无法计算", "deadlines cannot be counted"), why=refused.message)
    if not owed:
        nothing = Text("没有已到期的报送", "nothing has ended that is to be reported")
        return Standing(nothing, why=Text("先列入名录、登记机组", "the list and the units come first"))
    late = Counter(duty.organisation_id for duty in owed if duty.filing is None and duty.due_on < today)
    words = Text("{k} 家逾期未开始填报，共 {n} 项", "{k} have not begun what is overdue: {n} months and reports")
    lacks = (
        Shortfall(
            "RDY-FILINGS",
            words.format(k=len(late), n=sum(late.values())),
            named([firms[key] for key in late], today, actor),
        ),
    )
    begun = sum(duty.filing is not None for duty in owed)
    return Standing(
        Text("应报 {n} 项，已开始 {k} 项", "{n} owed, {k} begun").format(n=len(owed), k=begun), lacks if late else ()
    )
