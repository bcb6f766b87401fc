"""Pages and figures of climate finance in both languages; queries do not grow with the rows; the form in its parts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.registry import Actor, perform
from tanzhi.figures import Question, explain
from tanzhi.figures.registry import ask
from tanzhi.organisations.people.model import Person
from tanzhi.streams.finance.models import Project
from tests.factories import organisation
from tests.streams.finance.conftest import Library, day


def client(actor: Actor, language: str = "zh-hans") -> Client:
    found = Client(headers={"accept-language": language})
    found.cookies["django_language"] = language
    Person.objects.filter(pk=actor.person_id or 0).update(is_active=True, state="active")
    found.force_login(Person.objects.get(pk=actor.person_id or 0))
    return found


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "减排效益测算"), ("en", "Benefit")])
def test_every_page_in_both_languages(library: Library, language: str, words: str) -> None:
    with day(2, 20):
        link = library.pushed()
    for actor, path in (
        (library.officer, "/finance/"),
        (library.officer, "/finance/statistics/"),
        (library.bank, "/finance/bank/"),
        (library.owner, f"/finance/projects/{link.project_id}/"),
        (library.bank, f"/finance/projects/{link.project_id}/"),
    ):
        page = client(actor, language).get(path)
        assert (path, page.status_code) == (path, 200)
    assert words in page.content.decode()
    assert client(library.other_bank).get(f"/finance/projects/{link.project_id}/").status_code == 404


@pytest.mark.parametrize("prefix", ["batch-", "city-", "kind-", "bank-"])
def test_every_list_of_the_statistics_has_a_file_of_its_own(library: Library, prefix: str) -> None:
    told = client(library.officer).get(f"/finance/statistics/?{prefix}export=csv")
    assert told.headers["Content-Type"].startswith("text/csv")


def test_the_form_of_a_benefit_is_the_rulebooks(library: Library) -> None:
    project = library.apply()
    address = f"/presentation/act/finance.state_benefit/{project.pk}/"
    browser = client(library.owner)
    page = browser.get(address).content.decode()
    assert 'name="benefit.capacity"' in page
    assert 'name="benefit.vehicles"' not in page
    told = {
        "year": "2024", "benefit.grid": "northwest", "benefit.electricity_area": "nation", "benefit.technology": "pv",
        "benefit.method": "combined_75", "benefit.capacity": "300", "benefit.hours": "1700", "key": "k",
    }  # fmt: skip
    wrong = browser.post(address, told | {"benefit.loss_rate": "0.08"})
    assert wrong.status_code == 422
    assert "FIN-09" in wrong.content.decode()
    assert browser.post(address, told | {"benefit.loss_rate": "8", "key": "k2"}).status_code == 302
    project.refresh_from_db()
    assert project.reduction == "365659.29"


def queries(actor: Actor, path: str) -> int:
    browser = client(actor)
    assert browser.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as seen:
        browser.get(path)
    return len(seen)


def test_the_list_asks_as_many_queries_for_twenty_projects_as_for_two(library: Library) -> None:
    """Each with an owner and a CCER number of its own; who names no CCER project costs no look-up of them."""
    _applied(library, 2)
    two = queries(library.officer, "/finance/")
    _applied(library, 18)
    assert queries(library.officer, "/finance/") == two
    Project.objects.update(credit_code="")
    assert queries(library.officer, "/finance/") == two - 1


def _applied(library: Library, more: int) -> None:
    """Further projects like one that the owner applied for."""
    model = library.apply()
    before = Project.objects.count()
    for number in range(before, before + more - 1):
        model.pk, model.credit_code = None, f"C2024-{number:03d}"
        model.owner = organisation(f"OWN{number}", library.world.city, "project_owner")
        model._state.adding = True
        model.save()


def test_figures_count_each_population_by_its_programme(library: Library) -> None:
    with day(2, 20):
        link = library.pushed()
    with day(3, 20):
        told = {"amount": "50000", "on": "2024-03-04", "document": "SX-1"}
        perform("finance.grant_credit", library.bank, link, told)
    question = Question("2024H1", "990000")
    found = {
        code: ask(f"finance.{code}", question).value
        for code in ("entered", "investment", "batch_credit", "batch_credited")
    }
    assert found == {"entered": 1, "investment": 1_320_000_000, "batch_credit": 500_000_000, "batch_credited": 1}
    assert ask("finance.pilot_projects", question).value == 0
    assert ask("finance.entered", Question("2023H1", "990000")).value == 0


def test_a_figure_walks_down_to_parameter_and_receipt(library: Library) -> None:
    library_project: Project = library.entered()
    year = str((library_project.entered_on or library_project.opened_at.date()).year)
    figure = ask("finance.reduction", Question(year, "990000"))
    node: Any = explain(figure.node().parts[0].ref, library.officer)
    assert str(node.value) == "365659.29"
    credit = explain(f"finance.project:{library_project.pk}", library.officer)
    assert any(part.ref.startswith("entry:") for part in credit.parts)
    with pytest.raises(Exception, match="ACT-SCOPE"):
        explain(f"finance.project:{library_project.pk}", library.other_bank)
