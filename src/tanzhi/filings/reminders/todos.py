"""What a plant has not begun to state yet, and how many in a region have not deposited a month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.roles import PLANT
from tanzhi.filings.shared.forms import MONTH_LENGTH
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.sectors import industries
from tanzhi.presentation.locations import month_words
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.todos.todo import WATCH, Todo, register

from .duties import duties
from .months_of_firms import bit_of, owed_years

MONTH = Text("填报 {period}月度数据：{name}", "State the data of {period}: {name}")
YEAR = Text("填报 {period} 年度排放报告：{name}", "State the annual report {period}: {name}")
MONTHS = Text("尚未填报的月度数据：{name}", "Monthly data not begun: {name}")
OFFICERS = {"city_officer", "provincial_officer"}
NOT_BEGUN = Text("{n} 家未开始填报", "{n} not begun")
NOT_DEPOSITED = Text("{n} 家未存证", "{n} not deposited")
OF_MONTH = Text("{period}月度数据：{what}", "Data of {period}: {what}")
OF_MONTHS = Text("各月月度数据未存证", "Months with data not deposited")


@register
def unbegun(actor: Actor) -> list[Todo]:
    """Every month and report that a plant owes and nobody has opened; what is opened stands there by its table."""
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    if not own:
        return []
    firms = list(Organisation.objects.filter(pk__in=own, state="active").select_related("region"))
    names = names_of(firms, clock.today())
    by_key = {firm.pk: names.get(firm.pk, same(firm.code)) for firm in firms}
    todos = []
    for duty in (duty for duty in duties(firms) if duty.filing is None):
        name, monthly = by_key[duty.organisation_id], len(duty.period) == MONTH_LENGTH
        words = (MONTH if monthly else YEAR).format(period=month_words(duty.period), name=name)
        address = reverse("filings:begin", args=[duty.organisation_id, duty.form_code, duty.period])
        alike = MONTHS.format(name=name) if monthly else None
        todos.append(Todo(words, duty.key, duty.due_on, address, "filings.unbegun", alike=alike))
    return todos


@register
def not_deposited(actor: Actor) -> list[Todo]:
    """One line a month for an officer, not one for each plant."""
    if not actor.roles & OFFICERS:
        return []
    todos = []
    for period, open_ones in open_months(actor, clock.today()):
        counts = [(NOT_BEGUN, open_ones.unbegun), (NOT_DEPOSITED, open_ones.begun)]
        parts = [words.format(n=n) for words, n in counts if n]
        what = Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
        words = OF_MONTH.format(period=month_words(period), what=what)
        subject, address = f"filings.months:{period}", reverse("filings:matrix")
        address = f"{address}?{urlencode({'year': period[:4], 'month': period})}"
        todos.append(Todo(words, subject, open_ones.first, address, "filings.not_deposited", WATCH, OF_MONTHS))
    return todos


@dataclass(slots=True)
class OpenMonth:
    """A month that some have not deposited: how many have begun it or not, and the first day by which one must."""

    first: date
    unbegun: int = 0
    begun: int = 0


def open_months(actor: Actor, today: date) -> list[tuple[str, OpenMonth]]:
    """By month, of the enterprises that this reader sees; what `duties` has one by one, counted."""
    sectors = {industry.sector for industry in industries().values()}
    firms = Organisation.objects.visible_to(actor).filter(sector__in=sectors, state="active")
    owed = owed_years(firms, today)
    # Those of one region that lack the same months and have begun the same of them.
    alike = Counter(((row.path, row.form_code, row.year), row.lacking, row.months.begun) for row in owed.rows)
    by_month: dict[str, OpenMonth] = {}
    for (of_region, lacking, begun), n in alike.items():
        for month, day in owed.days[of_region].items():
            bit = bit_of(month)
            if lacking & bit:
                row = by_month.setdefault(month, OpenMonth(day))
                row.first = min(row.first, day)
                row.begun += n if begun & bit else 0
                row.unbegun += 0 if begun & bit else n
    return sorted(by_month.items())
