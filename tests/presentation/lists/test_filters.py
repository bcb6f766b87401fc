"""What many lists and acts have in common is declared once: the filter of states, of years, the reason of an act."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import pytest

from tanzhi.actions.reasons import Reason, ShortReason
from tanzhi.actions.registry import ACTIONS, Actor, Input, action, anywhere
from tanzhi.filings.months.model import Filing
from tanzhi.filings.plans.model import Plan
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.form import ActionForm
from tanzhi.presentation.lists.declaration import state_filter, year_filter
from tanzhi.rulebook.kernel.text import Text

SOURCE = Path(__file__).parents[3] / "src" / "tanzhi"
ONCE = {
    r'Filter\("state", (Text\("状态", "State"\)|STATE), [^\n]*\.words\)': "presentation/lists/declaration.py",
    r'values_as_options\([^\n]*"year"\)': "presentation/lists/declaration.py",
    r'min_length=4, max_length=(300|2000)\), Label\("理由", "Reason"\)': "actions/reasons.py",
}


@pytest.mark.parametrize(("words", "home"), ONCE.items())
def test_what_is_common_is_written_once(words: str, home: str) -> None:
    places = {
        str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if re.search(words, path.read_text("utf-8"))
    }
    assert places <= {home}


@pytest.mark.django_db
def test_the_years_that_rows_have_are_offered_the_last_first(plant: Organisation) -> None:
    for year in (2023, 2025, 2024):
        Plan.objects.create(organisation=plant, guideline="power", year=year, due_on=f"{year - 1}-12-31")
    years = year_filter(Plan.objects.all)
    assert list(years.choices) == ["2025", "2024", "2023"]
    assert [plan.year for plan in years.apply(Plan.objects.all(), "2024")] == [2024]


@pytest.mark.django_db
def test_states_are_offered_by_their_words_and_narrow_the_rows() -> None:
    words = {"draft": Text("填写中", "draft"), "deposited": Text("已存证", "deposited")}
    states = state_filter(words)
    assert (states.name, dict(states.choices)) == ("state", words)
    assert list(states.apply(Filing.objects.all(), "draft")) == []


def test_a_reason_is_asked_in_several_lines_and_a_short_one_in_one() -> None:
    class Reasons(Input):
        full: Reason
        short: Annotated[ShortReason, "beside a record"]

    @action("made.reasons", label=Text("例", "Made up"), by={"administrator"}, place=anywhere, input=Reasons)
    def reasons(call: object) -> None:
        """Nothing: the form is what is looked at."""

    fields = ActionForm.of("made.reasons", Actor.platform()).fields
    del ACTIONS["made.reasons"]
    assert [(field.label, field.control) for field in fields] == [
        (Text("理由", "Reason"), "long"),
        (Text("理由", "Reason"), "text"),
    ]
