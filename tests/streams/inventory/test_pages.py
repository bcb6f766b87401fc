"""The pages in both languages, their files, who sees what, and a stable count of queries."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.actions.registry import perform
from tanzhi.figures import Question, ask, explain
from tanzhi.figures.calculated import calculation_ref
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import public_actor
from tanzhi.presentation.addresses import explain_url
from tanzhi.streams.inventory.disclosure import ROW_OF_SECTOR, ROWS, hidden_rows
from tanzhi.streams.inventory.queries import summary_of_run
from tanzhi.streams.inventory.record_kinds import cells_in_reach

pytestmark = pytest.mark.django_db
PAGES = ("inventory:inventory", "inventory:table", "inventory:factors")


def client_of(actor=None):
    client = Client()
    if actor is not None:
        Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
        client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def text(client, address, language="zh-hans"):
    client.cookies["django_language"] = language
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def compiled(filed, settings):
    settings.TANZHI_PROVINCE = "990000"
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    return inventory


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "初步结果"), ("en", "provisional")])
def test_a_compilation_says_that_it_is_provisional(compiled, filed, language, words):
    client = client_of(filed.officer)
    for page in PAGES[:2]:
        assert words in text(client, reverse(page, args=[compiled.pk]), language)


def test_the_page_asks_for_what_is_blank_and_offers_the_way_to_note_it(compiled, filed):
    page = text(client_of(filed.officer), reverse("inventory:inventory", args=[compiled.pk]))
    assert "格空白" in page
    assert "inventory.note" in page


@pytest.mark.parametrize("page", PAGES)
def test_before_publication_it_is_not_there_for_others(compiled, other_officer, stranger, page):
    address = reverse(page, args=[compiled.pk])
    for client in (client_of(), client_of(other_officer), client_of(stranger)):
        assert client.get(address).status_code == 404


def test_whoever_files_for_the_region_sees_its_inventory_and_the_form_to_begin(office, settings):
    settings.TANZHI_PROVINCE = "990000"
    inventory = office.open()
    client = client_of(office.clerk)
    assert str(inventory.year) in text(client, reverse("inventory:list"))
    assert "开始填报" in text(client, inventory.get_absolute_url())


def test_everybody_reads_a_published_one(filed, settings):
    settings.TANZHI_PROVINCE = "990000"
    inventory = filed.published()
    for page in PAGES:
        text(client_of(), reverse(page, args=[inventory.pk]))


def test_the_summary_table_is_exported_with_its_totals(compiled, filed):
    response = client_of(filed.officer).get(reverse("inventory:table", args=[compiled.pk]), {"export": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    by_code = {row[0]: row for row in rows}
    assert by_code["IP.1"][3] == pytest.approx(53.8)
    assert by_code["EN.1.1.1"][3] == pytest.approx(174.175)
    assert {"T1", "T2", "ME.3"} <= set(by_code)


def test_a_reason_that_looks_like_a_formula_is_neutral_in_csv(compiled, filed):
    filed.note(compiled, "EN.5", "CO2", "NE", reason="=1+1 is no reason")
    address = reverse("inventory:inventory", args=[compiled.pk])
    response = client_of(filed.officer).get(address, {"c-export": "csv"})
    assert "'=1+1 is no reason" in response.content.decode("utf-8-sig")


def test_a_confidential_number_is_not_shown(filed):
    inventory = filed.open()
    filed.note(inventory, "IP.1", "CO2", "C")
    perform("inventory.compile", filed.officer, inventory)
    response = client_of(filed.officer).get(reverse("inventory:table", args=[inventory.pk]), {"export": "csv"})
    line = next(row for row in response.content.decode("utf-8-sig").splitlines() if row.startswith("IP.1,"))
    assert "53.8" not in line
    assert ",C," in line


@pytest.fixture
def with_a_secret(filed):
    """A published inventory whose one number of industrial processes, 538,000 t of CO2 of clinker, is confidential."""
    inventory = filed.open()
    filed.note(inventory, "IP.1", "CO2", "C")
    for _ in range(2):
        perform("inventory.compile", filed.officer, inventory)
        filed.note_blanks(inventory)
    perform("inventory.compile", filed.officer, inventory)
    perform("inventory.submit", filed.officer, inventory)
    perform("inventory.approve", filed.reviewer, inventory)
    perform("inventory.publish", filed.director, inventory)
    inventory.refresh_from_db()
    return inventory


def test_no_page_chart_export_figure_or_walk_tells_the_public_a_confidential_number(with_a_secret):
    """Alone in its sector, so that the sector's total is the number itself, in t and in 10^4 t."""
    page, table = (reverse(f"inventory:{name}", args=[with_a_secret.pk]) for name in ("inventory", "table"))
    run, client = with_a_secret.latest_run, Client()
    addresses = [page, table, f"{table}?export=csv", reverse("inventory:list"), reverse("inventory:compare")]
    addresses += [
        f"{reverse('inventory:compare')}?export=csv",
        reverse("bulletin:data_file", args=["inventories", "csv"]),
    ]
    addresses += [explain_url(calculation_ref("inventory.run", run.pk, name)) for name in ROWS]
    addresses += ["/api/records/inventory_cells?limit=500"]
    for address in addresses:
        response = client.get(address)
        answered = b"".join(response).decode() if response.streaming else response.content.decode("utf-8-sig")
        assert not re.search(r"(?<![\d.])53[.]8\d*(?![\d])|538[, ]?000", answered), address
    for name in ("inventory.sector_processes", "inventory.net_total", "inventory.total"):
        parts = ask(name, Question.of({"period": "2022", "region": "990000"})).answer.parts
        assert all(part.value != Decimal("53.80") for part in parts)


def test_what_is_shown_of_the_sectors_is_not_the_total_less_the_confidential_one(with_a_secret):
    root = summary_of_run(with_a_secret.latest_run.pk, "SAR")
    hidden = hidden_rows(with_a_secret.latest_run)
    shown = [root.value(f"{code}_equivalent").number for code, row in ROW_OF_SECTOR.items() if row not in hidden]
    assert {"IP", "IP.1"} < hidden
    assert len(hidden & set(ROW_OF_SECTOR.values())) >= 2
    rest = root.value("net_equivalent").number - sum(number for number in shown if number is not None)
    assert "T2" in hidden or rest != Decimal(538_000)


def test_programs_of_the_public_read_no_row_that_the_table_blackens_beside_a_secret(with_a_secret, filed):
    """A total less all that is read would be the secret: what the table hides the records hide."""
    cells = with_a_secret.latest_run.cells.exclude(mass=None)
    outside = set(cells_in_reach(public_actor()).exclude(mass=None).values_list("category", flat=True))
    inside = set(cells_in_reach(filed.officer).exclude(mass=None).values_list("category", flat=True))
    every, hidden = set(cells.values_list("category", flat=True)), hidden_rows(with_a_secret.latest_run)
    assert inside == every
    assert outside == every - hidden
    assert len(every & hidden) >= 2


def test_whoever_compiles_walks_down_to_the_confidential_number_and_the_public_to_the_word(with_a_secret, filed):
    ref = calculation_ref("inventory.run", with_a_secret.latest_run.pk, "processes_equivalent")
    inside, outside = explain(ref, filed.officer), explain(ref, None)
    assert (inside.value, inside.state) == (Decimal(538_000), "known")
    assert (outside.value, outside.state, outside.parts, outside.numbers) == (None, "withheld", (), None)
    above = explain(calculation_ref("inventory.run", with_a_secret.latest_run.pk, "total_equivalent"), None)
    assert above.numbers is None


def test_years_compare_in_any_set_of_potentials(compiled, filed):
    client = client_of(filed.officer)
    told = {name: text(client, f"{reverse('inventory:compare')}?gwp={name}") for name in ("SAR", "AR5")}
    assert told["SAR"] != told["AR5"]


def test_the_list_asks_as_often_for_ten_inventories_as_for_one(filed, settings):
    settings.TANZHI_PROVINCE = "990000"
    client, address = client_of(filed.officer), reverse("inventory:list")
    filed.open(2000)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for year in range(2001, 2011):
        filed.open(year)
    with CaptureQueriesContext(connection) as eleven:
        client.get(address)
    assert len(eleven) == len(one)


def test_the_list_of_cells_is_exchanged_alone_and_has_a_file_of_its_own(compiled, filed):
    client, address = client_of(filed.officer), compiled.get_absolute_url()
    part = client.get(f"{address}?c-standing=blank", headers={"HX-Request": "true", "HX-Target": "listing-c-"})
    assert "<html" not in part.content.decode()
    assert client.get(f"{address}?c-export=csv").headers["Content-Type"].startswith("text/csv")


def test_a_chart_says_whether_emissions_rose_or_fell(compiled, filed):
    filed.file("inventory_processes", {"clinker_output": "1000"}, year=2023)
    later = filed.open(2023)
    perform("inventory.compile", filed.officer, later)
    page = text(client_of(filed.officer), reverse("inventory:compare"), "en")
    assert "Total emissions fell by" in page
