"""A grid on a page: what is wrong stands at its cell, what was typed stands again, each cell says what it is called."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tanzhi.organisations.people.model import Person
from tanzhi.presentation.sheets.sheet import MOST_CHOSEN, MOST_TOLD, GridSheet, sheet_of, spot_of
from tanzhi.rulebook.kernel import FieldSpec, Finding, Text
from tanzhi.rulebook.kernel.finding import ERROR
from tanzhi.rulebook.kernel.text import same

SIDES = {"buy": Text("买入", "Buy"), "sell": Text("卖出", "Sell")}
MANY = {f"P{number:03}": same(f"厂 {number}") for number in range(MOST_CHOSEN + 1)}
COLUMNS = [
    FieldSpec(name="number", label=Text("编号", "Number"), kind="text"),
    FieldSpec(name="side", label=Text("方向", "Side"), kind="choice", options=SIDES),
    FieldSpec(name="plant", label=Text("单位", "Plant"), kind="choice", options=MANY),
    FieldSpec(name="price", label=Text("价格", "Price"), unit="CNY"),
]
LABEL = Text("成交", "Trades")
WRONG = Text("价格应为数值", "Price must be a number")


def wrong(field: str, place: str = "x.act", code: str = "VAL-NUMBER") -> Finding:
    return Finding(code, ERROR, place, field, "x", "1", WRONG)


def drawn(sheet: GridSheet, language: str = "en") -> str:
    with translation.override(language):
        return render_to_string("presentation/sheet.html", {"sheet": sheet, "editable": True})


def cell(page: str, name: str) -> str:
    found = re.search(rf'<(?:input|select)[^>]*name="{name}"[^>]*>', page)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("finding", "spot"),
    [
        (wrong("rows.3.price"), (4, "price")),
        (wrong("rows.0"), (1, "")),
        (wrong("rows"), (0, "")),
        (wrong("price", "rows[2]"), (2, "price")),
        (wrong("others.3.price"), (0, "")),
    ],
)
def test_a_finding_is_about_a_row_and_a_column(finding: Finding, spot: tuple[int, str]) -> None:
    assert spot_of(finding, "rows") == spot


@pytest.mark.parametrize(("language", "called"), [("en", "Price, row 2"), ("zh-hans", "价格，第 2 行")])
def test_every_cell_is_called_by_its_column_and_its_row(language: str, called: str) -> None:
    page = drawn(sheet_of("rows", LABEL, COLUMNS, [{"price": "1"}, {"price": "2"}], []), language)
    assert f'aria-label="{called}"' in cell(page, "rows-1-price")
    names = re.findall(r'aria-label="([^"]*)"', page)
    assert len(names) == len(set(names))


def test_a_wrong_cell_is_marked_and_its_finding_leads_to_it_while_what_was_typed_stands() -> None:
    typed = {"number": "T1", "side": "beides", "plant": "P007", "price": "<b>x</b>"}
    page = drawn(sheet_of("rows", LABEL, COLUMNS, [{}, typed], [wrong("rows.1.price"), wrong("side", "rows[2]")]))
    price = cell(page, "rows-1-price")
    assert 'value="&lt;b&gt;x&lt;/b&gt;"' in price
    assert 'aria-invalid="true"' in price
    assert 'id="rows-1-price"' in price
    assert 'aria-describedby="told-rows-0"' in price
    assert re.search(r'id="told-rows-0"><a href="#rows-1-price">Row 2</a> Price must be a number <code>VAL-', page)
    assert '<option value="beides" selected data-typed>beides</option>' in page
    assert "aria-invalid" not in cell(page, "rows-0-price")


def test_many_options_are_suggested_once_and_not_listed_in_each_cell() -> None:
    page = drawn(sheet_of("rows", LABEL, COLUMNS, [{"plant": "P007"}] * 5, []))
    assert cell(page, "rows-4-plant").startswith("<input")
    assert 'list="rows-plant-options"' in cell(page, "rows-4-plant")
    assert page.count('<option value="P007"') == 1
    assert cell(page, "rows-4-side").startswith("<select")


def test_every_wrong_cell_is_marked_though_not_every_finding_is_written_out() -> None:
    count = MOST_TOLD + 7
    sheet = sheet_of("rows", LABEL, COLUMNS, [{"price": "x"}] * count, [wrong(f"rows.{n}.price") for n in range(count)])
    page = drawn(sheet)
    assert page.count('aria-invalid="true"') == count
    assert page.count("<li id=") == MOST_TOLD
    assert "and 7 more" in page


# --- the form of an act -----------------------------------------------------------------------------

ADDRESS = "/presentation/act/cases.enter_year/"


@pytest.fixture
def administration(administrator: Any) -> Client:
    Person.objects.filter(pk=administrator.person_id).update(state="active", is_active=True)
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=administrator.person_id), "django.contrib.auth.backends.ModelBackend")
    return client


def holidays(*days: str) -> str:
    return json.dumps({"columns": ["value"], "rows": [[day] for day in days]})


def test_a_wrong_row_of_an_act_is_told_at_its_row_and_all_rows_stand_again(administration: Client) -> None:
    sent = {"year": "2031", "holidays-rows": holidays("2031-01-01", "", "2031-13-01"), "source": "例"}
    answer = administration.post(ADDRESS, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2031-01-01"' in page
    assert 'value="2031-13-01"' in cell(page, "holidays-1-value")
    assert 'aria-invalid="true"' in cell(page, "holidays-1-value")
    assert "VAL-DATE" in page


@pytest.mark.parametrize(
    "forged", ["{", "[]", '{"columns": ["day"], "rows": []}', '{"columns": ["value"], "rows": [[1]]}']
)
def test_forged_rows_are_refused_with_a_code_and_the_form_stands(administration: Client, forged: str) -> None:
    answer = administration.post(ADDRESS, {"year": "2031", "source": "例", "holidays-rows": forged})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r"<code>GRID-(SHAPE|COLUMN)</code>", page)
    assert 'name="holidays-0-value"' in page
    previewed = administration.post(ADDRESS, {"year": "2031", "holidays-rows": forged, "preview": "1"})
    assert previewed.status_code == 200
