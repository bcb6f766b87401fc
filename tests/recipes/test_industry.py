"""The recipe of an industry, followed word by word: from the register to the walk down a published figure.

Expected values by hand from the invented law: a shaft kiln burns 1,000 t of limestone (0.44) and 500 t of dolomite
(0.48) a month and loses 1 % with dust: (1000 × 0.44 + 500 × 0.48) × 12 × 0.99 = 8,078.4, as 8,078 t.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.figures import Question, ask
from tanzhi.figures.lineage import explain
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import form_of, standing_of
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tests import factories
from tests.factories import World
from tests.filings.industries.steps import deposited, opened, uploaded
from tests.web.conftest import BACKEND

MONTHS = [f"2023-{number:02d}" for number in range(1, 13)]
EMISSION = Decimal(8078)

pytestmark = pytest.mark.usefixtures("lime")


@pytest.fixture
def works(world: World) -> Organisation:
    """A listed lime works with one kiln."""
    firm = factories.organisation("LIME", world.city, sector="lime")
    factories.key_unit(firm, years=())
    factories.unit(factories.facility(firm), "1", kiln_type="shaft")
    return firm


@pytest.fixture
def clerk(works: Organisation) -> Actor:
    return actor_of(factories.person("lime_clerk", ("enterprise_filer", works)))


@pytest.fixture
def approver(works: Organisation) -> Actor:
    return actor_of(factories.person("lime_head", ("enterprise_approver", works)))


def month_of(month: str, lime: str = "820.00") -> dict[str, Any]:
    stones = [{"stone": "limestone", "stone_burnt": "1000.00"}, {"stone": "dolomite", "stone_burnt": "500.00"}]
    return {"kilns": [{"kiln": "1", "months": [{"month": month, "lime_produced": lime, "stones": stones}]}]}


@pytest.fixture
def reported(clerk: Actor, approver: Actor, works: Organisation) -> Filing:
    """Twelve months, each uploaded and deposited in time, and the annual report composed of them."""
    for number, month in enumerate(MONTHS, 1):
        with time_machine.travel(date(2023 + number // 12, number % 12 + 1, 9), tick=False):
            filing = opened(clerk, works, "lime.month", month)
            uploaded(clerk, filing, month_of(month))
            deposited(clerk, approver, filing)
    with time_machine.travel(date(2024, 2, 1), tick=False):
        year = opened(clerk, works, "lime.year", "2023")
        perform("filings.compose", clerk, year)
        deposited(clerk, approver, year)
    return year


def test_its_register_asks_what_the_guideline_says_and_refuses_anything_else(works: Organisation) -> None:
    with pytest.raises(Refused, match="ORG-ATTRIBUTES"):
        factories.unit(factories.facility(works, "LIME-2"), "2", kiln_type="open fire")


def test_its_template_has_its_sheets_and_names_a_wrong_cell(clerk: Actor, works: Organisation) -> None:
    filing = opened(clerk, works, "lime.month", "2023-06")
    book = load_workbook(io.BytesIO(template(form_of(filing), Prefill(works.code, "2023-06"))))
    assert {"月份", "石料"} <= set(book.sheetnames)
    with pytest.raises(Refused, match="FIL-UPLOAD") as refused:
        uploaded(clerk, filing, month_of("2023-06", lime="1600.00"))
    (finding,) = refused.value.findings
    assert (finding.code, finding.message.zh) == ("LIM-1", "石灰产量 1600.00 t 大于石料消耗量")
    assert finding.place.startswith("月份!")


def test_its_months_are_held_against_the_register(clerk: Actor, works: Organisation) -> None:
    factories.unit(works.facilities.get(), "2", kiln_type="rotary")
    filing = opened(clerk, works, "lime.month", "2023-06")
    uploaded(clerk, filing, month_of("2023-06", lime="0"))
    places = {(f.code, f.place) for f in standing_of(filing).findings}
    assert {("CMP-UNIT", "kilns[2]"), ("CMP-STILL", "kilns[1].months[2023-06]")} <= places
    with pytest.raises(Refused, match="FIL-UPLOAD") as refused:
        uploaded(clerk, filing, {"kilns": [{**month_of("2023-06")["kilns"][0], "kiln": "9"}]})
    assert {f.code for f in refused.value.findings} == {"XLS-UNIT"}


def test_a_stone_of_the_month_before_is_stated_or_explained(clerk: Actor, approver: Actor, works: Organisation) -> None:
    may, june = (opened(clerk, works, "lime.month", month) for month in ("2023-05", "2023-06"))
    uploaded(clerk, may, month_of("2023-05"))
    deposited(clerk, approver, may)
    less = month_of("2023-06")
    less["kilns"][0]["months"][0]["stones"].pop()
    uploaded(clerk, june, less)
    assert ("CMP-FUEL", "dolomite") in {(f.code, getattr(f.found, "en", f.found)) for f in standing_of(june).findings}


def test_its_report_is_a_figure_of_its_sector_that_is_walked_down_to_the_stone(
    reported: Filing, works: Organisation, officer: Actor
) -> None:
    question = Question("2023", "990000", {"sector": "lime"})
    figure = ask("verification.reported_emission", question)
    assert (figure.value, figure.answer.state) == (EMISSION, "known")
    assert figure.answer.scope.zh.startswith("1 家石灰企业（名录内 1 家）")
    # due in 2023: November and December 2022, which nobody filed, and ten months of 2023: 10 ÷ 12
    assert ask("market.deposit_punctuality", question).value == Decimal("83.33")
    step = explain("figure:verification.reported_emission?period=2023&region=990000&sector=lime", officer)
    while step.parts:
        step = explain(next(part.ref for part in step.parts if part.ref), officer)
    assert step.ref.startswith("entry:")


def test_its_report_is_verified_by_a_group_and_counts_as_verified(
    reported: Filing, works: Organisation, world: World, officer: Actor, director: Actor, verifier: Actor
) -> None:
    second = actor_of(factories.person("second_verifier", ("verifier", world.verifier_firm)))

    def on(month: int, day: int) -> Any:
        return clock.at(datetime(2024, month, day, 4, tzinfo=UTC))

    with on(4, 8):
        case = perform("verification.arrange", officer, data={"organisation": works.code, "year": 2023}).result
    with on(4, 9):
        group = {"leader": verifier.person_id, "members": [second.person_id]}
        perform("verification.form_group", officer, case, group)
        leader = actor_of(Person.objects.get(pk=verifier.person_id))  # with what was assigned to it just now
    with on(4, 15):
        perform("verification.review", leader, case, {"review": "已评审报告", "site_list": "查看皮带秤"})
    with on(4, 18):
        perform("verification.visit", leader, case, {"on": "2024-04-18", "present": 2, "visit": "查、问、看、验"})
    with on(4, 26):
        perform("verification.conclude", leader, case, {"outcome": "conforms", "opinion": "符合"})
    with on(4, 30):
        decide(perform("verification.notify", officer, case).proposal, director)
    question = Question("2023", "990000", {"sector": "lime"})
    assert ask("verification.verified_emission", question).value == EMISSION
    assert ask("verification.difference", question).value == 0
    assert ask("verification.verified_emission", Question("2023", "990000", {"sector": "power"})).value is None


def test_its_clerk_opens_the_month_from_the_page_and_fills_its_own_table(
    clerk: Actor, works: Organisation, client: Client
) -> None:
    Person.objects.filter(pk=clerk.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=clerk.person_id), backend=BACKEND)
    page = client.get(reverse("filings:list")).content.decode()
    assert 'name="guideline" value="lime"' in page
    sent = {"organisation": works.pk, "guideline": "lime", "period": "2023-06"}
    month = client.get(client.post(reverse("filings:open"), sent)["Location"]).content.decode()
    assert "石料消耗量" in month
    assert "机组" not in month
