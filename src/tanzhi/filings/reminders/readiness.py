"""What the filings say of a province's readiness: whether what is due was begun."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.readiness import WORK, NextStep, Shortfall, Standing, part
from tanzhi.actions.refusal import Refused
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.readiness import NAMED, named, registered
from tanzhi.organisations.sectors import computed
from tanzhi.rulebook.kernel.text import Text

from .duties import open_years, reports_owed
from .months_of_firms import owed_years

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanzhi.actions.actor import Actor

OFFICERS = frozenset({"city_officer", "provincial_officer"})
TO_MATRIX = NextStep(Text("查看存证情况、催报", "See the deposits, remind"), OFFICERS, "filings:matrix")


@part("filings.begun", WORK, 10, Text("数据报送", "Reporting"), TO_MATRIX)
def filings_standing(actor: Actor, today: date) -> Standing:
    """Months and reports that are overdue and that nobody has begun."""
    firms = registered(actor).filter(sector__in=computed())
    try:
        months, reports = owed_years(firms, today), _reports(firms, today)
    except Refused as refused:  # a deadline that cannot be counted: the calendar or a parameter is missing
        return Standing(Text("期限无法计算", "deadlines cannot be counted"), why=refused.message)
    owed = sum(row.months.owed.bit_count() for row in months.rows) + len(reports)
    if not owed:
        nothing = Text("没有已到期的报送", "nothing has ended that is to be reported")
        return Standing(nothing, why=Text("先列入名录、登记机组", "the list and the units come first"))
    late = Counter(key for key, due, is_begun in reports if not is_begun and due < today)
    for firm, number in months.late(today):
        late[firm] += number
    words = Text("{k} 家逾期未开始填报，共 {n} 项", "{k} have not begun what is overdue: {n} months and reports")
    lacks = (
        Shortfall(
            "RDY-FILINGS",
            words.format(k=len(late), n=sum(late.values())),
            named(Organisation.objects.filter(pk__in=late).order_by("code")[:NAMED], today, actor),
        ),
    )
    begun = owed - sum(row.unbegun.bit_count() for row in months.rows)
    begun -= sum(not is_begun for _, _, is_begun in reports)
    return Standing(
        Text("应报 {n} 项，已开始 {k} 项", "{n} owed, {k} begun").format(n=owed, k=begun), lacks if late else ()
    )


def _reports(firms: QuerySet[Organisation], today: date) -> list[tuple[int, date, bool]]:
    """Annual reports that are owed for the open years: whose, until when, and whether it is begun."""
    keys, years = set(firms.order_by().values_list("pk", flat=True)), open_years(today)
    filings = Filing.objects.filter(organisation__in=firms.order_by().values("pk"), period__in=list(map(str, years)))
    begun = set(filings.order_by().values_list("organisation_id", "form_code", "period"))
    return [(key, due, (key, code, year) in begun) for key, code, year, due in reports_owed(keys, years, today)]
