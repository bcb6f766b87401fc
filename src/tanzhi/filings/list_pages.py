"""The lists of filings: mine by deadline, the way to open another period, and who has deposited which month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.organisations.models import Organisation, Region, names_of
from tanzhi.organisations.queries import reporting
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.listing import Column, Filter, Listing
from tanzhi.presentation.pages import actor_of
from tanzhi.rulebook.kernel.text import Text, same

from .models import OPEN_STATES, STATES, Filing
from .plan_form import planned_sectors
from .standing import ANNUAL_FORM, MONTH_FORM, deposited_by

FILERS = ("enterprise_filer", "enterprise_approver")
KINDS = {MONTH_FORM: Text("月度数据", "Monthly data"), ANNUAL_FORM: Text("年度报告", "Annual report")}
OFFERED = 6  # months back that are offered for opening


def _prepare(rows: list[Any]) -> None:
    names = names_of([row.organisation for row in rows], clock.today())
    for row in rows:
        row.called = names.get(row.organisation_id, same(row.organisation.code))


def _state(row: Filing) -> Text:
    return row.state_label + Text("，逾期", ", late") if row.late else row.state_label


def _tone(row: Filing) -> str:
    return "late" if row.late else "ok" if row.state not in OPEN_STATES else "due"


def _due(row: Filing) -> str:
    """How an open filing stands to its deadline; what was deposited has none any more."""
    left = (row.due_on - clock.today()).days
    return "" if row.state not in OPEN_STATES or left > 7 else "late" if left < 0 else "due"


def _years() -> Mapping[str, Text]:
    periods = Filing.objects.order_by().values_list("period", flat=True).distinct()
    return {year: same(year) for year in sorted({period[:4] for period in periods}, reverse=True)}


def _of_year(rows: QuerySet[Any], year: str) -> QuerySet[Any]:
    return rows.filter(period__startswith=year)


def _of_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(form_code__endswith=f".{kind}")


def _found(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(organisation__in=Organisation.objects.named(words))


FILINGS = Listing(
    "filings.list",
    title=Text("月度数据", "Monthly data"),
    noun=Text("份", "filings"),
    search=_found,
    hint=Text("单位代码或名称", "Code or name of the organisation"),
    empty=Text("还没有填报；选期间后开始", "There is no filing yet: choose a period and begin"),
    prepare=_prepare,
    columns=(
        Column(
            "period",
            Text("期间", "Period"),
            kind="link",
            link=lambda row: reverse("filings:filing", kwargs={"pk": row.pk}),
            sort="period",
        ),
        Column("organisation", Text("单位", "Organisation"), value="called"),
        Column("kind", Text("种类", "Kind"), value=lambda row: KINDS[row.form_code.rpartition(".")[2]]),
        Column("state", Text("状态", "State"), kind="state", value=_state, tone=_tone, sort="state"),
        Column("deposited_at", Text("存证时间", "Deposited"), sort="deposited_at"),
        Column("due", Text("截止", "Due"), value="due_on", kind="date", sort="due_on", tone=_due),
        Column("inner_due_on", Text("内部期限", "Inner deadline"), kind="date"),
    ),
    filters=(
        Filter("year", Text("年度", "Year"), _years, where=_of_year),
        Filter("kind", Text("种类", "Kind"), KINDS, where=_of_kind),
        Filter("state", Text("状态", "State"), STATES),
    ),
)


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """My filings: what is open by deadline, then what is deposited, the latest first."""
    actor = actor_of(request)
    waiting = Case(When(state__in=OPEN_STATES, then=F("due_on")), default=None)
    filings = Filing.objects.visible_to(actor).select_related("organisation").annotate(waiting=waiting)
    rows = filings.order_by(F("waiting").asc(nulls_last=True), "-due_on", "organisation_id")
    return FILINGS.respond(request, rows, "filings/list.html", {"offers": _offers(actor)})


def _offers(actor: Actor) -> list[dict[str, Any]]:
    """For my own organisations: the months and years that have ended and were not begun."""
    today = clock.today()
    mine = {g.organisation_id for g in actor.grants if g.role in FILERS and g.organisation_id}
    periods, offers = _ended(today), []
    for organisation in Organisation.objects.filter(pk__in=mine, sector__in=planned_sectors(today.year)):
        begun = set(Filing.objects.filter(organisation=organisation).values_list("period", flat=True))
        own = accounting(organisation.sector)
        left = [period for period in periods if period not in begun]
        offers.append({"organisation": organisation, "guideline": own.name if own else "", "periods": left})
    return [offer for offer in offers if offer["periods"]]


def _ended(today: date) -> list[str]:
    """The last months, this one too, and the year before, the newest first."""
    months = [(today.year * 12 + today.month - 1 - back) for back in range(OFFERED)]
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in months] + [str(today.year - 1)]


@login_required
@require_POST
@takes_form
def open_filing(request: HttpRequest) -> HttpResponse:
    """Open a period for one of my organisations."""
    period, organisation = request.POST.get("period", ""), request.POST.get("organisation", "")
    kind = MONTH_FORM if len(period) == 7 else ANNUAL_FORM
    data = {
        "form_code": f"{request.POST.get('guideline', '')}.{kind}",
        "organisation_id": organisation,
        "period": period,
    }
    opened = perform("filings.open", actor_of(request), data=data).result
    return redirect("filings:filing", pk=opened.pk)


@dataclass(frozen=True, slots=True)
class Square:
    """One month of an enterprise: the filing, and what is said of it."""

    words: Text
    tone: str
    filing: Filing | None = None


NOT_YET = Square(Text("–", "–"), "")
MISSING = Square(Text("缺", "none"), "late")
UNBEGUN = Square(Text("未报", "not begun"), "")


def square(month: str, filing: Filing | None, today: date) -> Square:
    """Deposited, late, in correction, open, overdue, not begun, not yet due."""
    if filing is None:
        return MISSING if deposited_by(month) < today else UNBEGUN if month < f"{today:%Y-%m}" else NOT_YET
    if filing.state == "in_correction":
        return Square(Text("更正", "correcting"), "due", filing)
    if filing.state not in OPEN_STATES:
        words = (Text("逾期", "late"), "late") if filing.late else (Text("已存", "done"), "ok")
        return Square(*words, filing)
    if filing.due_on < today:
        return Square(Text("逾期未存", "overdue"), "late", filing)
    return Square(Text("未存", "open"), "due", filing)


@login_required
def matrix(request: HttpRequest) -> HttpResponse:
    """Enterprises that file by months: also those that have filed nothing."""
    today, year_entered = clock.today(), request.GET.get("year", "")
    year = whole(year_entered, LAST_YEAR) or today.year
    lines = _lines(actor_of(request), year, request.GET.get("city", ""), today)
    cities = {region.code: region.name for region in Region.objects.filter(kind="city")}
    context = {
        "year": year,
        "months": range(1, 13),
        "lines": lines,
        "cities": cities,
        "city": request.GET.get("city", ""),
    }
    return render(request, "filings/matrix.html", context)


def _lines(actor: Actor, year: int, city: str, today: date) -> list[tuple[Text, list[Square]]]:
    months = [f"{year}-{n:02d}" for n in range(1, 13)]
    day = min(date(year, 12, 31), today)
    owing = {
        key for sector in planned_sectors(year) for key in reporting(year, sector, day).values_list("pk", flat=True)
    }
    seen = Organisation.objects.visible_to(actor).filter(pk__in=owing).order_by("code")
    firms = list(seen.filter(region__path__contains=f"/{city}/") if city else seen)
    names = names_of(firms, today)
    by_month: dict[tuple[int, str], Filing] = {
        (filing.organisation_id, filing.period): filing
        for filing in Filing.objects.filter(organisation__in=firms, period__in=months)
    }
    return [
        (
            names.get(firm.pk, same(firm.code)),
            [square(month, by_month.get((firm.pk, month)), today) for month in months],
        )
        for firm in firms
    ]
