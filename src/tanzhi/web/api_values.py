"""What programs read that is no record: figures, legal values, the calendar of working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tanzhi.actions.refusal import out_of_scope
from tanzhi.figures.publication import readable
from tanzhi.figures.questions import Question
from tanzhi.figures.registry import FIGURES, Figure, ask
from tanzhi.law.calendar.days import missing_year
from tanzhi.law.calendar.queries import calendar
from tanzhi.law.evaluation import in_force
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS, DatedValue, Parameter
from tanzhi.rulebook.kernel.rounding import plain

router = Router(tags=["values"])
A_DAY, WEEKEND = timedelta(days=1), 5


class Bilingual(Schema):
    """Words in both languages."""

    zh: str
    en: str


class FigureDescription(Schema):
    """A figure that may be asked for: its unit, its line in the bulletin, its law."""

    code: str
    title: Bilingual
    unit: str
    stream: str
    row: int | None
    law: str


class FigureReading(Schema):
    """The answer to a question: exact digits in words, a day, or why there is none; `ref` leads to where it is from."""

    figure: str
    title: Bilingual
    period: str
    region: str
    filters: dict[str, str]
    value: str | None
    unit: str
    state: str
    reason: Bilingual | None
    ref: str


@router.get("figures", response=list[FigureDescription], operation_id="list_figures")
def figures(request: HttpRequest) -> list[dict[str, Any]]:
    """数据项 / The figures that may be asked for."""
    return [described(figure) for _, figure in sorted(FIGURES.items())]


def described(figure: Figure) -> dict[str, Any]:
    return {
        "code": figure.code,
        "title": figure.title.as_dict(),
        "unit": figure.unit,
        "stream": figure.stream,
        "row": figure.row,
        "law": figure.law,
    }


@router.get("figures/{code}", response=FigureReading, operation_id="read_figure")
def figure(request: HttpRequest, code: str, period: str, region: str = "", sector: str = "") -> dict[str, Any]:
    """某数据项的值 / A figure of a period, as whoever asks may read it: prepared, or as it was published."""
    filters = {"sector": sector} if sector else {}
    value = readable(ask(code, Question(period, region, filters)), actor_of_request(request))
    return value.as_dict()


class LegalValue(Schema):
    """One value with its days, its keys and where it stands in the law; `until` is its last day."""

    keys: dict[str, list[str]]
    value: str
    unit: str
    since: date
    until: date | None
    months: list[int]
    status: str
    source: str
    confidence: str
    entered: bool


class LegalParameter(Schema):
    """A legal value by its name, with all that it was and is."""

    guideline: str
    name: str
    label: Bilingual
    unit: str
    keys: list[str]
    law: str
    values: list[LegalValue]


@router.get("parameters/{guideline}", response=list[LegalParameter], operation_id="list_parameters")
def parameters(request: HttpRequest, guideline: str, on: date | None = None) -> list[dict[str, Any]]:
    """参数 / Every parameter of a guideline, with what administrators entered; `on`: its values of that day alone."""
    if guideline not in guidelines():
        raise out_of_scope()
    tables = in_force(guidelines()[guideline]).parameters.tables
    return [stated(guideline, table, on) for _, table in sorted(tables.items())]


@router.get("parameters/{guideline}/{name}", response=LegalParameter, operation_id="read_parameter")
def parameter(request: HttpRequest, guideline: str, name: str, on: date | None = None) -> dict[str, Any]:
    """某参数 / One parameter."""
    tables = in_force(guidelines()[guideline]).parameters.tables if guideline in guidelines() else {}
    if name not in tables:
        raise out_of_scope()
    return stated(guideline, tables[name], on)


def stated(guideline: str, table: Parameter, on: date | None) -> dict[str, Any]:
    """A parameter as it stands: entered values first, as they hold in the place of the shipped ones."""
    rows = [(entry, True) for entry in table.entered] + [(entry, False) for entry in table.entries]
    return {
        "guideline": guideline,
        "name": table.name,
        "label": table.label.as_dict(),
        "unit": table.unit,
        "keys": list(table.keys),
        "law": table.law,
        "values": [
            value_of(table, entry, entered) for entry, entered in rows if on is None or entry.since <= on <= entry.until
        ],
    }


def value_of(table: Parameter, entry: DatedValue, entered: bool) -> dict[str, Any]:
    return {
        "keys": {name: list(codes) for name, codes in entry.keys.items()},
        "value": plain(entry.value),
        "unit": entry.unit or table.unit,
        "since": entry.since,
        "until": None if entry.until == PERIOD_ENDS else entry.until,
        "months": list(entry.months),
        "status": entry.status,
        "source": entry.source,
        "confidence": entry.confidence,
        "entered": entered,
    }


class CalendarReading(Schema):
    """The days of a year on which no work is done though it is a weekday, and those on which it is at a weekend."""

    year: int
    holidays: list[date]
    working_weekends: list[date]
    working_days: int


@router.get("calendar/{year}", response=CalendarReading, operation_id="read_calendar")
def working_calendar(request: HttpRequest, year: int) -> dict[str, Any]:
    """工作日历 / The working days of a year, by which deadlines count; a year that is not announced is refused."""
    present = calendar()
    if year not in present.years:
        raise missing_year(year)
    return {
        "year": year,
        "holidays": sorted(day for day in present.holidays if day.year == year and day.weekday() < WEEKEND),
        "working_weekends": sorted(day for day in present.working_weekends if day.year == year),
        "working_days": sum(present.is_working(day) for day in days_of(year)),
    }


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += A_DAY
