"""What a year still lacks: every value its rules need and nobody has, on a page and as a to-do until it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tanzhi.actions import clock
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.models import Proposal
from tanzhi.law import lacking as lacking_module
from tanzhi.law.evaluation import InForce
from tanzhi.law.lacking import ENDING, MISSING, UNSURE, lacking, years_in_question
from tanzhi.law.pages import FORMS, READERS
from tanzhi.organisations.people.roles import ROLES
from tanzhi.rulebook.kernel import Parameters, guidelines
from tanzhi.rulebook.kernel.entries import Parameter
from tanzhi.rulebook.kernel.rules import Check, Rule
from tanzhi.workflow.todos.todo import todos
from tests.law.conftest import Enter
from tests.law.test_missing import DIESEL, filed
from tests.law.test_missing import lacking as asked_of_clerk

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Organisation, Unit

YEAR = 2026  # the oxidation rates shipped end with 2025
PAGE = f"/law/lacking/?year={YEAR}"
NEXT = 2031  # a year whose law is the present one
TABLES = [(name, table.name) for name, guideline in guidelines().items() for table in guideline.parameters]


@pytest.fixture(autouse=True)
def in_2026(settings: Any) -> None:
    settings.TANZHI_TODAY = f"{YEAR}-07-16"


@pytest.mark.django_db
def test_limits_known_from_the_draft_of_a_plan_alone_stand_among_what_the_year_lacks() -> None:
    """Limits of special units in 2026: the final text is not read, so whoever has it enters what it says."""
    rows = [row for lacks in lacking(YEAR) if lacks.guideline == "power_allocation" for row in lacks.of(UNSURE)]
    assert {row.need.parameter for row in rows} == {
        "biomass_limit", "secondary_limit", "joint_limit", "green_limit", "small_emitter",
    }  # fmt: skip
    assert {row.entry.confidence for row in rows if row.entry} == {"M-low"}


def needed(guideline: str, year: int) -> set[str]:
    """The parameters that rules or checks of a year name among their arguments."""
    edition = guidelines()[guideline].edition(year)
    items: list[Rule | Check] = [*edition.rules.values(), *edition.checks]
    return {argument.name for item in items for argument in item.arguments}


def ended(table: Parameter) -> Parameter:
    """The table as if each of its values ended before the year."""
    last = date(NEXT - 1, 12, 31)
    return replace(
        table, entries=tuple(replace(e, until=min(e.until, last), months=()) for e in table.entries if e.since <= last)
    )


@pytest.mark.parametrize(("guideline", "name"), TABLES)
def test_whichever_value_ends_its_year_lacks_it(guideline: str, name: str) -> None:
    """Of every parameter of every guideline: with values that end, the year after lacks it if a rule asks for it."""
    tables = {t.name: t for t in guidelines()[guideline].parameters}
    tables[name] = ended(tables[name])
    law = InForce(guideline, f"without {name}", Parameters(tables))
    rows = lacking_module._lacking(guidelines()[guideline], NEXT, law).rows
    named = {row.need.parameter for row in rows if row.kind == MISSING}
    assert (name in named) == (name in needed(guideline, NEXT))


def test_what_a_month_is_asked_about_stands_on_the_page(clerk: Actor, plant: Organisation, unit: Unit) -> None:
    """The question to whoever files and the list of the year come by different ways to the same parameter."""
    asked = asked_of_clerk(filed(clerk, plant, f"{YEAR}-06"))
    rows = {f"{r.need.parameter} (fuel={r.keys['fuel']})" for r in _rows("power") if "fuel" in r.keys}
    assert asked
    assert set(asked) <= rows


def test_a_fuel_whose_rate_stands_in_another_table_is_not_asked_for_twice(db: None) -> None:
    """From 2026 coal takes its oxidation rate from the table by boiler and altitude (CETS-AG-01.01-V04-2026)."""
    fuels = {row.keys.get("fuel") for row in _rows("power")}
    assert "diesel" in fuels
    assert "bituminous" not in fuels
    assert {"oxidation_boiler": "pulverised", "oxidation_band": "1"} in [row.keys for row in _rows("power")]


def test_a_value_that_ends_within_the_year_and_a_draft_are_told_apart(enter: Enter) -> None:
    enter(**DIESEL | {"until": f"{YEAR}-06-30"})
    [diesel] = [row for row in _rows("power") if row.keys.get("fuel") == "diesel"]
    assert (diesel.kind, diesel.first, diesel.last) == (ENDING, date(YEAR, 7, 1), date(YEAR, 12, 31))
    assert diesel.entry is not None
    assert str(diesel.entry.value) == DIESEL["value"]
    assert diesel.entry.until == date(YEAR, 6, 30)  # the latest that has ended, not the one of the years before
    drafts = {row.need.parameter for one in lacking(YEAR) for row in one.of(UNSURE)}
    assert "operating_margin" in drafts


def test_a_draft_that_begins_on_the_last_day_of_the_year_is_still_of_that_year(db: None) -> None:
    """And one that begins on the day after is not."""
    [row, *_] = [row for group in lacking(YEAR) for row in group.of(UNSURE)]
    assert row.entry is not None
    draft, guideline = row.entry, guidelines()[row.guideline]
    last, after = date(YEAR, 12, 31), date(YEAR + 1, 1, 1)

    def drafts_from(day: date) -> list[Any]:
        tables = {table.name: table for table in guideline.parameters}
        table = tables[row.need.parameter]
        tables[table.name] = replace(table, entries=(replace(draft, since=day, until=date.max),))
        rows = lacking_module._lacking(guideline, YEAR, InForce(guideline.name, f"from {day}", Parameters(tables))).rows
        return [(lack.first, lack.last) for lack in rows if lack.kind == UNSURE and lack.need == row.need]

    assert drafts_from(last) == [(last, last)]
    assert drafts_from(after) == []


def test_a_value_is_unsure_that_the_tables_call_a_draft_or_provisional_for_days_of_the_year(db: None) -> None:
    """Read off the tables: none that is final, and none of other years; each such table that a rule asks is listed."""
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    unsettled = {
        (name, table.name)
        for name, guideline in guidelines().items()
        for table in guideline.parameters
        for entry in table.entries
        if entry.status in ("draft", "provisional") and entry.since <= last and entry.until >= first
    }
    rows = [(group.guideline, row) for group in lacking(YEAR) for row in group.of(UNSURE)]
    assert {row.entry.status for _, row in rows if row.entry} == {"draft", "provisional"}
    assert {(name, row.need.parameter) for name, row in rows} == {
        (name, parameter) for name, parameter in unsettled if parameter in needed(name, YEAR)
    }


def _rows(guideline: str) -> list[Any]:
    return [row for one in lacking(YEAR) if one.guideline == guideline for row in one.missing]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_administrators_enter_and_officers_read(role: str, signed_in: Callable[[str], Client]) -> None:
    response = signed_in(role).get(PAGE)
    assert response.status_code == (200 if role in READERS else 404)
    assert ("law.enter_parameter" in response.content.decode()) == (role == "administrator")


def as_posted(address: str) -> dict[str, str]:
    """What the form posts without a script that a link has filled: each key in two cells."""
    filled = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    lines = [line.split(" = ") for line in filled.pop("keys", "").splitlines()]
    cells = {f"keys-{at}-{part}": pair[n] for at, pair in enumerate(lines) for n, part in enumerate(("name", "value"))}
    return filled | cells


def test_the_link_fills_the_form_and_two_administrators_enter_the_value(
    signed_in: Callable[[str], Client], administrator: Actor, other_administrator: Actor
) -> None:
    client = signed_in("administrator")
    page = client.get(PAGE)
    assert "柴油" in page.content.decode()
    row = next(
        row
        for group in page.context["groups"]
        for block in group.missing
        for row in block.rows
        if row.lack.keys == {"fuel": "diesel"}
    )
    form = client.get(row.address).context["form"]
    shown = {field.name: field.value for field in form.fields}
    assert (shown["guideline"], shown["parameter"]) == ("power", "oxidation_rate")
    (keys,) = [field.sheet for field in form.fields if field.name == "keys"]
    assert [[cell.value for cell in row.cells] for row in keys.rows if row.filled] == [["fuel", "diesel"]]
    assert (shown["unit"], shown["since"], shown["until"]) == ("1", f"{YEAR}-01-01", f"{YEAR}-12-31")
    filled = as_posted(row.address)
    posted = client.post(row.address, filled | {"value": "0.98", "source": DIESEL["source"], "key": "k1"})
    assert posted.status_code == 302
    assert posted["Location"] == PAGE
    decide(Proposal.objects.get(), other_administrator)
    assert {"fuel": "diesel"} not in [one.keys for one in _rows("power")]


def test_every_row_of_the_page_leads_to_a_form_that_would_be_accepted(signed_in: Callable[[str], Client]) -> None:
    """But for the value and its source, which nobody but the administrator knows."""
    client = signed_in("administrator")
    groups = client.get(PAGE).context["groups"]
    blocks = [block for group in groups for block in (*group.missing, *group.drafts)]
    rows = [row for block in blocks for row in block.rows[:2]]
    assert len(rows) > 20
    for at, row in enumerate(rows):
        last = row.lack.entry.value if row.lack.entry else "0.98"
        filled = as_posted(row.address)
        posted = client.post(row.address, filled | {"value": str(last), "source": DIESEL["source"], "key": f"k{at}"})
        assert posted.status_code == 302, (filled, posted.context["form"].refusal)


def test_the_administrators_to_do_counts_what_is_missing_and_goes_with_the_last_value(
    administrator: Actor, officer: Actor, enter: Enter
) -> None:
    """The three terms of carrying over (国环规气候〔2024〕1号) stand for 2024 and 2025 alone."""
    waiting = {todo.subject: todo for todo in todos(administrator)}
    assert "缺 3 项" in waiting[f"law.surrender:{YEAR}"].title.zh
    assert waiting[f"law.surrender:{YEAR}"].url.startswith(PAGE)
    assert not [todo for todo in todos(officer) if todo.kind == "parameter"]
    days = {"guideline": "surrender", "since": f"{YEAR}-01-01", "until": f"{YEAR}-12-31", "source": DIESEL["source"]}
    enter(**days, parameter="carry_over_base", value="10000", unit="tCO2")
    enter(**days, parameter="carry_over_multiple", value="1.5", unit="1")
    enter(**days, parameter="carry_over_last_day", value="20270610", unit="YYYYMMDD")
    assert f"law.surrender:{YEAR}" not in {todo.subject for todo in todos(administrator)}


def test_a_year_that_lacks_nothing_says_so(signed_in: Callable[[str], Client], monkeypatch: Any) -> None:
    monkeypatch.setattr("tanzhi.law.pages.lacking", lambda year: [])
    assert "没有缺少的参数" in signed_in("administrator").get(PAGE).content.decode()


def test_last_year_this_year_and_the_next_are_in_question() -> None:
    assert years_in_question(date(2026, 11, 29)) == [2025, 2026, 2027]  # reported, deposited, planned


@pytest.mark.parametrize("year", ["2024", "2029", "x"])
def test_other_years_have_no_page(year: str, signed_in: Callable[[str], Client]) -> None:
    assert clock.today().year == YEAR
    response = signed_in("administrator").get(f"/law/lacking/?year={year}")
    assert response.status_code == (200 if year == "x" else 404)


def test_every_form_of_every_guideline_has_a_name_on_the_page() -> None:
    every = {rule.form for rulebook in guidelines().values() for rules in rulebook.rules.values() for rule in rules}
    assert every - {"", None} == set(FORMS)
