"""A declared list: what it finds, how it sorts, and that its file runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation
from openpyxl import load_workbook

from tanzhi.actions import clock
from tanzhi.actions.actor import ActorRole
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import ACTIONS, Actor, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.lists import export
from tanzhi.presentation.lists.listing import (
    FillingStep,
    Filter,
    ListColumn,
    Listing,
    alone,
    deadline_tone,
    values_as_options,
)
from tanzhi.presentation.lists.page import list_context, selected
from tanzhi.presentation.preferences.model import SavedView
from tanzhi.presentation.templatetags.presentation import table_cells
from tanzhi.rulebook.kernel.text import Text
from tests import factories
from tests.factories import World

STATES = {"open": Text("在办", "Open"), "done": Text("办结", "Done")}
LIST = Listing(
    "made.up",
    title=Text("例表", "Made-up list"),
    columns=(
        ListColumn("name", Text("名称", "Name"), sort="name", kind="link", link=lambda row: f"/{row['name']}/"),
        ListColumn("amount", Text("数量", "Amount"), kind="number", sort="amount", unit=Text("吨", "t")),
        ListColumn("due", Text("期限", "Due"), kind="date", sort="due"),
        ListColumn("state", Text("状态", "State"), kind="state", words=STATES, tone={"open": "due"}),
    ),
    filters=(Filter("state", Text("状态", "State"), STATES),),
    search=("name",),
    order="name",
)
ROWS: list[dict[str, Any]] = [
    {"name": "b", "amount": Decimal("2"), "due": date(2024, 1, 2), "state": "open"},
    {"name": "a", "amount": Decimal("10"), "due": None, "state": "done"},
    {"name": "=c", "amount": None, "due": date(2023, 1, 2), "state": "open"},
]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def asked(**parameters: str) -> HttpRequest:
    request = RequestFactory().get("/somewhere/", parameters)
    request.user = AnonymousUser()
    return request


def names(**parameters: str) -> list[str]:
    return [row.record["name"] for row in list_context(LIST, asked(**parameters), ROWS).rows]


def test_the_declared_order_holds_until_another_is_asked_for() -> None:
    assert names() == ["=c", "a", "b"]
    assert names(sort="-name") == ["b", "a", "=c"]


def test_numbers_sort_as_numbers_and_blanks_stand_last_either_way() -> None:
    assert names(sort="amount") == ["b", "a", "=c"]
    assert names(sort="-amount") == ["a", "b", "=c"]


def test_filter_and_words_narrow_together() -> None:
    assert names(state="open") == ["=c", "b"]
    assert names(state="open", q="B") == ["b"]


def test_what_the_address_says_wrongly_is_passed_over() -> None:
    assert names(state="nonsense", sort="secret", page="99") == ["=c", "a", "b"]


def test_a_head_that_sorts_turns_the_order_round() -> None:
    head = list_context(LIST, asked(sort="amount", q="b", page="2"), ROWS).heads[1]
    assert (head.direction, head.address) == ("ascending", "?q=b&sort=-amount")


def test_a_further_list_of_a_page_answers_alone_only_where_it_is_asked_for() -> None:
    second = Listing("made.second", title=Text("二", "Second"), columns=LIST.columns, prefix="s-")
    assert alone(asked(), (second, ROWS)) is None
    assert alone(asked(export="csv"), (second, ROWS)) is None
    assert alone(asked(**{"s-export": "pdf"}), (second, ROWS)) is None
    told = alone(asked(**{"s-export": "csv"}), (LIST, []), (second, ROWS))
    assert told is not None
    assert told.headers["Content-Type"].startswith("text/csv")
    request = asked()
    request.META["HTTP_HX_TARGET"] = "listing-s-"
    part = alone(request, (LIST, []), (second, ROWS))
    assert part is not None
    assert part.content.decode().lstrip().startswith('<section class="listing" id="listing-s-"')


def test_the_csv_holds_every_row_and_no_formula() -> None:
    response = export.response(LIST, selected(LIST, asked().GET, ROWS), "csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["名称 Name", "数量（吨） Amount (t)", "期限 Due", "状态 State"]
    assert rows[1:] == [["'=c", "", "2023-01-02", "在办"], ["a", "10", "", "办结"], ["b", "2", "2024-01-02", "在办"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_text_that_begins_a_formula_gets_an_apostrophe(text: str) -> None:
    assert export.neutral(text) == "'" + text


def test_a_negative_number_stays_a_number_in_the_csv() -> None:
    rows = [{"name": "a", "amount": Decimal("-3.50"), "due": None, "state": "open"}]
    assert b",-3.50," in export.response(LIST, rows, "csv").content


def test_the_workbook_keeps_numbers_days_and_text_apart() -> None:
    content = export.response(LIST, selected(LIST, asked().GET, ROWS), "xlsx").content
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet["A1"].value == "名称\nName"
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("'=c", "s")
    assert (sheet["B3"].value, sheet["C4"].number_format) == (10, "yyyy-mm-dd")


def test_a_number_that_a_spreadsheet_cannot_hold_goes_out_as_text() -> None:
    long = Decimal("12345678901234567.89")
    rows = [{"name": "a", "amount": long, "due": None, "state": "open"}]
    sheet = load_workbook(io.BytesIO(export.response(LIST, rows, "xlsx").content)).active
    assert sheet is not None
    assert sheet["B2"].value == "12345678901234567.89"


def test_more_rows_than_a_file_may_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    with pytest.raises(Refused, match="PRE-EXPORT"):
        export.response(LIST, ROWS, "csv")


@pytest.fixture
def reader(officer: Actor) -> Client:
    Person.objects.filter(pk=officer.person_id).update(state="active", is_active=True)
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(Person.objects.get(pk=officer.person_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_htmx_gets_the_list_alone_and_everybody_else_the_page(reader: Client) -> None:
    whole = reader.get("/organisations/").content.decode()
    part = reader.get("/organisations/", headers={"HX-Request": "true", "HX-Target": "listing-rows"}).content.decode()
    assert "<nav" in whole
    assert part.lstrip().startswith('<section class="listing"')


def test_ten_times_the_rows_ask_no_more_of_the_database(
    reader: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    reader.get("/organisations/")  # the first one of a session notes its use
    with django_assert_max_num_queries(40) as few:
        reader.get("/organisations/")
    for number in range(30):
        factories.organisation(f"MORE{number}", world.city)
    with django_assert_max_num_queries(40) as many:
        reader.get("/organisations/")
    assert len(many) == len(few)


def test_a_view_is_kept_and_removed_by_its_owner_alone(reader: Client, officer: Actor, stranger: Actor) -> None:
    given = {"listing": "organisations.list", "name": "本市企业", "query": "kind=enterprise", "next": "/organisations/"}
    assert reader.post("/presentation/views/", given).headers["Location"] == "/organisations/"
    reader.post("/presentation/views/", given | {"query": "kind=authority"})
    view = SavedView.objects.get()
    assert (view.person_id, view.query) == (officer.person_id, "kind=authority")
    assert "本市企业" in reader.get("/organisations/").content.decode()
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("presentation.drop_view", stranger, view)
    reader.post(f"/presentation/views/{view.pk}/remove/", {"next": "https://elsewhere.example/"})
    assert not SavedView.objects.exists()


def test_the_file_holds_only_what_the_reader_may_see(reader: Client, world: World) -> None:
    content = reader.get("/organisations/", {"export": "csv", "kind": "enterprise"}).content.decode("utf-8-sig")
    codes = {line.split(",")[0] for line in content.splitlines()[1:]}
    assert codes == {"PLANT"}
    assert Organisation.objects.filter(kind="enterprise").count() == 2


@pytest.mark.parametrize(
    ("due_on", "tone"),
    [(date(2024, 5, 31), "late"), (date(2024, 6, 1), "due"), (date(2024, 6, 8), "due"), (date(2024, 6, 9), "")],
)
def test_a_deadline_is_late_from_the_day_after_it_and_soon_within_its_days(due_on: date, tone: str) -> None:
    with clock.at(datetime(2024, 6, 1, 4, tzinfo=UTC)):
        assert deadline_tone(due_on, soon=7) == tone


def test_what_a_field_holds_is_chosen_from_in_the_order_of_the_rows_and_a_blank_is_no_choice(world: World) -> None:
    kinds = {organisation.kind for organisation in Organisation.objects.all()}
    assert list(values_as_options(Organisation.objects.order_by("-kind"), "kind")) == sorted(kinds, reverse=True)
    assert Organisation.objects.filter(sector="").exists()
    assert list(values_as_options(Organisation.objects.order_by("sector"), "sector")) == ["power"]


@pytest.mark.parametrize(
    ("plural", "one"), [("editions", "edition"), ("deliveries", "delivery"), ("people", "person"), ("cases", "case")]
)
def test_a_list_of_one_says_so_in_english(plural: str, one: str) -> None:
    listing = replace(LIST, noun=Text("件", plural))
    assert list_context(listing, asked(), ROWS[:1]).noun == Text("件", one)
    assert list_context(listing, asked(), ROWS).noun == Text("件", plural)


def test_a_row_is_written_with_its_link_its_numbers_its_day_and_its_state() -> None:
    columns = (
        ListColumn("name", Text("名称", "Name"), kind="link", link=lambda row: row["at"]),
        ListColumn("amount", Text("数量", "Amount"), kind="number"),
        ListColumn("due", Text("期限", "Due"), kind="date", tone=lambda row: row["tone"]),
        ListColumn("state", Text("状态", "State"), kind="state", words=STATES, tone={"open": "due"}),
    )
    full = {"name": "<b>&", "at": "/?a=1&b=2", "amount": Decimal("-1234.50"), "due": date(2024, 1, 2), "tone": "late"}
    bare = {"name": "", "at": "/x/", "amount": Text("未报", "not reported"), "due": None, "tone": "", "state": ""}
    long = {
        "name": "一二三四五六七八九",
        "at": "",
        "amount": None,
        "due": date(2024, 1, 3),
        "tone": "due",
        "state": "done",
    }
    listing = replace(LIST, columns=columns, order="")
    rows = list_context(listing, asked(), [full | {"state": "open"}, bare, long]).rows
    assert [table_cells(row.cells) for row in rows] == [
        '<td class="brief"><a href="/?a=1&amp;b=2">&lt;b&gt;&amp;</a></td><td class="n">−1\u2009234.50</td>'
        '<td class="d">2024-01-02 <span class="tag late">逾期</span></td>'
        '<td class="brief"><span class="tag due">在办</span></td>',
        '<td class="brief"></td><td class="n">未报</td><td class="d"></td><td class="brief"></td>',
        '<td>一二三四五六七八九</td><td class="n"></td>'
        '<td class="d">2024-01-03 <span class="tag due">将到期</span></td>'
        '<td class="brief"><span class="tag ">办结</span></td>',
    ]


@pytest.mark.parametrize(("role", "is_told"), [("provincial_officer", True), ("bank", False), (None, False)])
def test_an_empty_list_says_what_fills_it_to_whoever_may_do_that(role: str | None, is_told: bool) -> None:
    empty = replace(
        LIST,
        empty=Text("没有任务。", "No task."),
        step=FillingStep(Text("下达一项。", "Assign one."), "policy.assign_task"),
    )
    request: Any = asked()
    request.actor = Actor(1, "Somebody", [ActorRole(role, 1, "")] if role else [], date(2024, 7, 1))
    page = render_to_string("presentation/listing.html", {"listing": list_context(empty, request, [])}, request)
    assert "没有任务。" in page
    assert ("下达一项。" in page) is is_told


def test_what_fills_a_list_is_an_act_that_there_is() -> None:
    get_resolver().url_patterns  # noqa: B018  # which reads every page, and with them every list
    rooms = [vars(module) for name, module in list(sys.modules.items()) if name.startswith("tanzhi.")]
    declared = [each for names in rooms for each in names.values() if isinstance(each, Listing) and each.step]
    assert len(declared) > 15
    assert {each.step.action for each in declared if each.step} <= ACTIONS.keys()
