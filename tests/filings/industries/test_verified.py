"""A plant of each industry: its deposited report is verified, a value redetermined by its industry's rule, and told.

The steps are the same for all; `plants.yaml` says which cell is rejected and what follows from it, by hand.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from docx import Document

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.figures import Question, ask
from tanzhi.figures.lineage import explain
from tanzhi.figures.nodes import LineageNode
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import industries
from tanzhi.streams.verification.cases.conclusion import changes_table
from tanzhi.streams.verification.cases.methods import methods
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.workflow.findings.model import CaseFinding
from tests import factories
from tests.factories import World
from tests.filings.industries.steps import (
    PLANTS,
    YEAR,
    deposited,
    every_industry,
    opened,
    people_of,
    uploaded,
    works_of,
)
from tests.pdf_text import text_of
from tests.streams.verification.report.test_report import PARTS
from tests.web.conftest import BACKEND

MONTH = re.compile(r"\.months\[[^\]]+\]")


def day(month: int, number: int) -> Any:
    return clock.at(datetime(int(YEAR) + 1, month, number, 4, tzinfo=UTC))


@pytest.fixture
def group(world: World) -> tuple[Person, Person]:
    """The leader and the member of a body's group."""
    firm = ("verifier", world.verifier_firm)
    return factories.person("first_verifier", firm), factories.person("second_verifier", firm)


def reported(works: Organisation, name: str, clerk: Actor, head: Actor) -> None:
    with day(2, 3):
        report = opened(clerk, works, f"{name}.year", YEAR)
        uploaded(clerk, report, PLANTS[name]["report"])
        deposited(clerk, head, report)


def looked_at(case: Verification, leader: Actor, cell: str) -> CaseFinding:
    """The list drawn from guideline, report and checks; each line noted, a finding raised of the one of the cell."""
    place, _, field = cell.rpartition(".")
    with day(2, 12):
        perform("verification.draw_review_list", leader, case)
        perform("verification.review", leader, case, {"review": "已评审报告", "site_list": "查看计量器具"})
        rejected = case.review_lines.get(kind="parameter", code=field, place_in_record=MONTH.sub("", place))
        for line in case.review_lines.exclude(pk=rejected.pk):
            perform("verification.note_line", leader, line, {"result": "conforms", "remark": "一致"})
        bad = {"result": "does_not_conform", "remark": "计量无凭证"}
        perform("verification.note_line", leader, rejected, bad)
        rejected.refresh_from_db()
        perform("verification.raise_line", leader, rejected)
    with day(2, 13):
        case.refresh_from_db()
        perform(
            "verification.visit",
            leader,
            case,
            {"on": f"{int(YEAR) + 1}-02-13", "present": 2, "visit": "查、问、看、验"},
        )
        perform("verification.issue_list", leader, case)
    finding: CaseFinding = CaseFinding.objects.get(case=case.reference)
    return finding


def sign_in(client: Client, actor: Actor) -> None:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), backend=BACKEND)


def parts_of(step: LineageNode, reader: Actor) -> Iterator[LineageNode]:
    """A step and every step below it, each explained by its own reference."""
    yield step
    for part in step.parts:
        yield from parts_of(explain(part.ref, reader) if part.ref else part, reader)


@every_industry
def test_a_plant_of_each_industry_goes_from_its_report_to_its_verified_emission(
    name: str, world: World, group: tuple[Person, Person], officer: Actor, director: Actor, client: Client
) -> None:
    expected, works = PLANTS[name]["verified"], works_of(world, name)
    cell, method = expected["cell"], methods(name)[expected["method"]]
    clerk, head = people_of(works)
    reported(works, name, clerk, head)
    with day(2, 10):
        case = perform("verification.arrange", officer, data={"organisation": works.code, "year": YEAR}).result
        form = {"leader": group[0].pk, "members": [group[1].pk]}
        perform("verification.form_group", officer, case, form)
    leader, member = (actor_of(person) for person in group)  # from now on the body reads the enterprise's data
    finding = looked_at(case, leader, cell)
    with day(2, 14):
        perform("cases.answer_finding", clerk, finding, {"text": "无法补齐"})
        perform("cases.close_finding", leader, finding, {"text": "按保守原则核定"})
        sign_in(client, member)
        page = client.get(f"{case.get_absolute_url()}redetermine/").content.decode()
        offered = page.partition('id="field-method"')[2].partition("</select>")[0]
        assert set(re.findall(r'<option value="(\w+)"', offered)) == methods(name).keys()
        assert method.label.zh in offered  # in the words of this industry, where another has the same code
        rejected = {"cells": [cell], "method": method.code, "finding": 1, "basis": "现场核实", **expected["stated"]}
        perform("verification.redetermine", member, case, rejected)
        changed = case.redeterminations.get()
        assert (changed.path, changed.filed, changed.value) == (cell, expected["filed"], expected["value"])
        perform("verification.conclude", leader, case, {"outcome": "does_not_conform", "opinion": "除计量外符合"})
    with day(2, 17):
        proposal = perform("verification.notify", officer, case).proposal
        assert proposal is not None
        decide(proposal, director)
    with day(2, 18):
        perform("verification.settle", head, case)
    case.refresh_from_db()
    assert case.state == "final"
    assert changes_table(case).rows[0][-1] == method.label  # as the letter with the result has it
    assert (case.latest.reported, case.latest.verified) == (PLANTS[name]["emission"], expected["emission"])

    question = Question(YEAR, "990000", {"sector": industries()[name].sector})
    figure = ask("verification.verified_emission", question)
    assert (figure.value, figure.answer.state) == (Decimal(expected["emission"]), "known")
    top = explain(f"figure:verification.verified_emission?period={YEAR}&region=990000&sector={works.sector}", officer)
    step = next(step for step in parts_of(top, officer) if any(fact.label.en == "Redetermined" for fact in step.facts))
    facts = {fact.label.en: fact.words for fact in step.facts}
    assert facts["Redetermined"] == method.label
    assert facts["Filed as"].en == expected["filed"]
    assert [part.ref.partition(":")[0] for part in step.parts] == ["entry", "entry"]  # the act's and the deposit's

    sign_in(client, officer)
    document = Document(io.BytesIO(client.get(f"{case.get_absolute_url()}report.docx").content))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    printed = text_of(client.get(f"{case.get_absolute_url()}report.pdf").content).replace("\n", "").replace(" ", "")
    for words in (
        *PARTS["zh"], industries()[name].label.zh, method.label.zh,
        *(f"{Decimal(number):,f}" for number in (PLANTS[name]["emission"], expected["emission"], expected["filed"])),
    ):  # fmt: skip
        assert any(words in text for text in (*paragraphs, *cells)), words
        assert words.replace(" ", "") in printed, words
