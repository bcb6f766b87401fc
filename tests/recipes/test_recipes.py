"""The recipes of a parameter, a figure, a list, an action and a kind of work, followed word by word."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from ninja import NinjaAPI

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import ACTIONS
from tanzhi.bulletin.rows import plan
from tanzhi.evidence.models import Entry
from tanzhi.figures import Question, ask, registry
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel import ParameterFault, Parameters
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.web import api
from tests import factories
from tests.factories import World
from tests.recipes.blocks import RECIPES, written
from tests.web.conftest import BACKEND

ROOT = RECIPES.parents[2]
NAMES = sorted(file.stem for file in RECIPES.glob("*.md"))


def module(recipe: str, folder: Path) -> dict[str, Any]:
    """What the one Python file of a recipe defines."""
    (file,) = (file for file in written(recipe, folder) if file.suffix == ".py")
    defined: dict[str, Any] = {"__name__": f"example.{file.stem}"}
    exec(compile(file.read_text("utf-8"), str(file), "exec", dont_inherit=True), defined)
    return defined


def test_there_are_six_and_each_is_followed_here() -> None:
    assert NAMES == ["action", "figure", "industry", "kind-of-work", "list", "parameter"]


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_is_in_numbered_steps_and_ends_with_the_tests(name: str) -> None:
    steps = re.findall(r"^(\d)\. ", (RECIPES / f"{name}.md").read_text("utf-8"), re.MULTILINE)
    assert [int(step) for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) >= 5
    assert "make docs test" in (RECIPES / f"{name}.md").read_text("utf-8")


def test_the_tables_parameter_is_read_by_its_days(tmp_path: Path) -> None:
    written("parameter", tmp_path)
    (threshold,) = Parameters.load(tmp_path / "tables")

    def on(day: str, industry: str) -> str | None:
        entry = threshold.find(Period.spanning(date.fromisoformat(day)), {"industry": industry})
        return str(entry.value) if entry else None

    assert [on(day, "brewery") for day in ("2019-12-31", "2020-01-01", "2025-12-31", "2026-01-01")] == [
        None, "26000", "26000", "20000",
    ]  # fmt: skip
    assert [on(day, "dairy") for day in ("2024-06-30", "2024-07-01")] == [None, "10000"]


def test_a_row_that_overlaps_another_is_refused_as_the_recipe_says(tmp_path: Path) -> None:
    (file,) = written("parameter", tmp_path)
    file.write_text(file.read_text("utf-8").replace("until: 2025", "until: 2026"), "utf-8")
    with pytest.raises(ParameterFault, match="entry_threshold"):
        Parameters.load(tmp_path / "tables")


def test_the_figure_counts_what_it_says_and_its_line_prints_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "FIGURES", dict(registry.FIGURES))
    module("figure", tmp_path)
    # the world has one plant in each province; nobody has lived in a third one
    assert ask("example.enterprises", Question("2024", world.province.code)).value == 1
    empty = factories.region("970000")
    assert ask("example.enterprises", Question("2024", empty.code)).answer.state == "blank"
    (line,) = next(row for row in plan(tmp_path / "rows").rows if row.number == 901).lines
    assert line.code == "example.enterprises"


def test_the_list_sorts_filters_and_exports(world: World, tmp_path: Path) -> None:
    firms = module("list", tmp_path)["FIRMS"]

    def exported(**parameters: str) -> list[list[str]]:
        request = RequestFactory().get("/somewhere/", {"export": "csv", **parameters})
        request.user = AnonymousUser()
        answer = firms.respond(request, Organisation.objects.all(), "example/firms.html")
        return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))[1:]

    codes = [row[0] for row in exported(sort="-code")]
    assert codes == sorted(codes, reverse=True)
    assert {row[0] for row in exported(kind="verifier")} == {world.verifier_firm.code}


@pytest.fixture
def visits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The action of the recipe, on the platform while a test runs."""
    before = dict(ACTIONS)
    module("action", tmp_path)
    (name,) = set(ACTIONS) - set(before)
    monkeypatch.setitem(ACTIONS, name, ACTIONS.pop(name))


@pytest.mark.usefixtures("visits")
def test_the_action_is_done_by_whoever_may_and_leaves_an_entry(
    officer: Actor, clerk: Actor, plant: Organisation, world: World
) -> None:
    outcome = perform("example.note_visit", officer, plant, {"on_site": 3})
    assert Entry.objects.get(pk=outcome.entry.pk).kind == "example.note_visit"
    for who, subject, on_site, code in (
        (clerk, plant, 3, "ACT-ROLE"),
        (officer, world.other_plant, 3, "ACT-SCOPE"),
        (officer, plant, 0, "ACT-INPUT"),
        (officer, world.verifier_firm, 3, "EXA-KIND"),
    ):
        with pytest.raises(Refused, match=code):
            perform("example.note_visit", who, subject, {"on_site": on_site})


@pytest.mark.usefixtures("visits")
def test_the_actions_form_and_its_operation_are_there_already(
    officer: Actor, plant: Organisation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(pk=officer.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=officer.person_id), backend=BACKEND)
    page = client.get(f"/presentation/act/example.note_visit/{plant.pk}/").content.decode()
    assert "登记现场检查" in page
    assert "到场人数" in page
    # a process exposes every action that is registered when it begins; this one began before the recipe was followed
    fresh = NinjaAPI(urls_namespace="recipe")
    monkeypatch.setattr(api, "api", fresh)
    api.expose(ACTIONS["example.note_visit"])
    (operation,) = fresh.get_openapi_schema(path_prefix="/api/")["paths"]["/api/actions/example.note_visit"].values()
    assert operation["summary"] == "登记现场检查 / Note a site visit"


def test_the_kind_of_work_is_the_one_that_its_tests_take_through_its_states() -> None:
    text = (RECIPES / "kind-of-work.md").read_text("utf-8")
    blocks = re.findall(r"^( *)```python (\S+)\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 5
    for _, name, block in blocks:
        source = re.sub(r"\s+", " ", (ROOT / name).read_text("utf-8"))
        assert re.sub(r"\s+", " ", dedent(block)).strip() in source


@pytest.mark.parametrize("page", sorted(RECIPES.parent.glob("**/*.md")), ids=lambda page: page.stem)
def test_every_file_that_a_page_for_developers_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(re.findall(r"`((?:src|tests|docs|bench)/[\w./-]+\.\w+)", text))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
