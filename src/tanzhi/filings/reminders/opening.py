"""What plants owe and nobody has begun, opened together: each filing an act of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import out_of_scope
from tanzhi.actions.roles import PLANT
from tanzhi.filings.shared.forms import MONTH_LENGTH
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.sectors import industries
from tanzhi.presentation.batch import BatchResult, each
from tanzhi.presentation.locations import month_words
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text, same

from .duties import FilingDuty, duties
from .work import OFFICERS

MONTH = Text("{period}月度数据", "data of {period}")
YEAR = Text("{period} 年度排放报告", "annual report {period}")
NAMED = Text("{name}：{what}", "{name}: {what}")


@dataclass(frozen=True, slots=True)
class UnbegunForm:
    """A month or a year that a plant owes and nobody has opened."""

    duty: FilingDuty
    firm: Organisation
    name: Text
    days_left: int

    @property
    def what(self) -> Text:
        words = MONTH if len(self.duty.period) == MONTH_LENGTH else YEAR
        return words.format(period=month_words(self.duty.period))

    @property
    def title(self) -> Text:
        return NAMED.format(name=self.name, what=self.what)


@login_required
@takes_form
def unbegun(request: HttpRequest) -> HttpResponse:
    """Of the earliest period or a chosen one: who has not begun it; what is ticked is opened."""
    actor = actor_of(request)
    if not actor.roles & (OFFICERS | PLANT):
        raise out_of_scope()
    result = opened(request, actor) if request.method == "POST" else None
    forms = unbegun_forms(actor)
    periods = sorted({form.duty.period for form in forms})
    period = request.GET.get("period") or (forms[0].duty.period if forms else "")
    context = {
        "rows": [form for form in forms if form.duty.period == period],
        "periods": periods,
        "period": period,
        "count": len(forms),
        "result": result,
    }
    return render(request, "filings/unbegun.html", context)


def opened(request: HttpRequest, actor: Actor) -> BatchResult:
    """What came of opening what was ticked, whatever period it is of."""
    ticked = set(request.POST.getlist("form"))
    forms = [form for form in unbegun_forms(actor) if form.duty.key in ticked]

    def act(form: UnbegunForm) -> Any:
        data = {"form_code": form.duty.form_code, "organisation_id": form.firm.pk, "period": form.duty.period}
        return perform("filings.open", actor, data=data).result

    return each((form.title, partial(act, form)) for form in forms)


def unbegun_forms(actor: Actor) -> list[UnbegunForm]:
    """By deadline, of the plants that this reader may open a form for."""
    today, sectors = clock.today(), {industry.sector for industry in industries().values()}
    rows = Organisation.objects.visible_to(actor).filter(sector__in=sectors, state="active").select_related("region")
    firms = {
        firm.pk: firm
        for firm in rows
        if any(actor.reaches(role, firm.place) for role in actor.roles & (OFFICERS | PLANT))
    }
    owed = [duty for duty in duties(firms.values(), today) if duty.filing is None]
    names = names_of([firms[key] for key in {duty.organisation_id for duty in owed}], today)
    return [
        UnbegunForm(duty, firm, names.get(firm.pk, same(firm.code)), (duty.due_on - today).days)
        for duty in owed
        for firm in [firms[duty.organisation_id]]
    ]
