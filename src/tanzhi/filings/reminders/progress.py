"""Months deposited of those that are owed this year, and how a plant's annual report stands."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.roles import PLANT
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.todos.progress import PeriodProgress, register_progress

from .duties import duties
from .matrix import of_year, owing_in, rates_of

MONTHS = Text("月度数据存证", "Monthly data deposited")
REPORT = Text("年度排放报告", "Annual report")
REPORT_OF = Text("年度排放报告：{name}", "Annual report: {name}")
YEAR = Text("{year} 年", "{year}")
UNIT = Text("份", "months")
UNBEGUN = Text("未开始", "not begun")


@register_progress
def months(actor: Actor) -> list[PeriodProgress]:
    """Of this year, or of the last one as long as no month of this one has ended; as the matrix counts them."""
    if not actor.roles & (AUTHORITY | PLANT):
        return []
    today = clock.today()
    year = today.year if today.month > 1 else today.year - 1
    total = of_year(rates_of(owing_in(actor, year, "", today), year, today))
    if not total.owed and not actor.roles & AUTHORITY:
        return []
    address = f"{reverse('filings:matrix')}?year={year}"
    period = YEAR.format(year=year)
    return [PeriodProgress(MONTHS, period, address, UNIT, total.deposited, total.owed or None)]


@register_progress
def reports(actor: Actor) -> list[PeriodProgress]:
    """Of a plant's own people: each plant's report of the newest year that has ended; what is begun opens itself."""
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    if not own:
        return []
    today = clock.today()
    firms = list(Organisation.objects.filter(pk__in=own, state="active").select_related("region"))
    names = names_of(firms, today)
    return [
        PeriodProgress(
            REPORT_OF.format(name=names.get(duty.organisation_id, same(""))) if len(own) > 1 else REPORT,
            YEAR.format(year=duty.period),
            reverse("filings:begin", args=[duty.organisation_id, duty.form_code, duty.period]),
            UNIT,
            int(duty.is_deposited),
            1,
            state=duty.filing.state_label if duty.filing else UNBEGUN,
        )
        for duty in duties(firms, today, monthly=False)
        if duty.period == str(today.year - 1)
    ]
