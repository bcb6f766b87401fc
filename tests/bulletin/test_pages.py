"""The bulletin's pages in both languages, down to the explanation: before publication for those who prepare it."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tanzhi.bulletin.changes import FigureChange
from tanzhi.bulletin.rows import plan
from tanzhi.bulletin.templatetags.bulletin import change_words
from tanzhi.figures import FIGURES, FigureAnswer
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Membership
from tanzhi.rulebook.kernel import Mark, Text
from tests import factories
from tests.bulletin.lines import printed_line
from tests.streams.market import market

pytestmark = pytest.mark.django_db


BACKEND = "django.contrib.auth.backends.ModelBackend"
FORMS = ("2024H1.json", "2024H1.txt", "2024H1.pdf", "2024H1.docx")
ADDRESSES = ("2024H1/", "2024H1/?as=now", "2024H1/glance/", "2024H1/compare/", *FORMS)


@pytest.fixture
def public(client, world, settings, tmp_path):
    """A reader who has not signed in."""
    settings.TANZHI_PROVINCE, settings.STATIC_ROOT = "990000", tmp_path

    def get(address, language="en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = {"en": "en", "zh": "zh-hans"}[language]
        return client.get(address)

    return get


@pytest.fixture
def page(public, client, world):
    """The province's officer, who prepares the bulletin."""
    reader = factories.person("reader", ("provincial_officer", world.authority))
    type(reader).objects.filter(pk=reader.pk).update(is_active=True, state="active")
    client.force_login(type(reader).objects.get(pk=reader.pk), backend=BACKEND)
    return public


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_not_published_is_not_there_for_the_public_in_any_form(public, address):
    refused = public(f"/bulletin/{address}")
    assert (refused.status_code, "BUL-03" in refused.content.decode()) == (404, True)


@pytest.mark.parametrize("address", ["/bulletin/", "/bulletin/glance/"])
def test_without_anything_published_the_public_is_led_to_the_archive_which_says_so(public, address):
    assert public(address).url == "/bulletin/archive/"
    assert "No bulletin yet" in public("/bulletin/archive/").content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "应对气候变化工作发布稿，2024年上半年"), ("en", "Bulletin on climate work, 2024 H1")]
)
def test_whoever_prepares_it_reads_the_bulletin_in_both_languages(page, language, words):
    told = page("/bulletin/2024H1/", language)
    assert told.status_code == 200
    assert words in told.content.decode()


def test_every_value_has_its_explanation_one_click_away(page):
    told = page("/bulletin/2024H1/").content.decode()
    assert told.count("/explain/?ref=figure:") == sum(len(row.lines) for row in plan().rows)
    assert page("/explain/?ref=figure:verification.key_units%3Fperiod%3D2023").status_code == 200


def test_the_evidence_head_and_the_rules_release_stand_at_the_foot(page):
    told = page("/bulletin/2024H1/").content.decode()
    assert "Evidence head" in told
    assert "Rules release" in told


def test_the_same_bulletin_comes_as_json_and_as_text(page):
    assert page("/bulletin/2024H1.json").json()["rows"][16]["figures"][0]["value"] == "1"
    assert "Key emission units" in page("/bulletin/2024H1.txt").content.decode()


def test_without_a_period_the_last_complete_half_year_is_shown(page, time_machine):
    time_machine.move_to("2024-07-01T09:00:00+08:00", tick=False)
    assert page("/bulletin/").url == "/bulletin/2024H1/"
    time_machine.move_to("2024-06-30T09:00:00+08:00", tick=False)
    assert page("/bulletin/").url == "/bulletin/2023H2/"


def test_a_period_that_is_none_is_a_page_not_found_that_says_what_is_expected(page):
    told = page("/bulletin/2024H3/")
    assert told.status_code == 404
    assert "FIG-PERIOD" in told.content.decode()


def queries(page, address):
    page(address)  # what is fetched once for a process does not count
    cache.clear()
    with CaptureQueriesContext(connection) as found:
        assert page(address).status_code == 200
    return len(found)


def year_of_a_plant(code, world, officer):
    """A key unit with a generating unit, its people, and its allocation data of 2021 deposited."""
    plant = factories.key_unit(factories.organisation(code, world.city))
    factories.unit(factories.facility(plant), "1", **factories.REGISTERED)
    roles = {"clerk": "enterprise_filer", "head": "enterprise_approver"}
    crew = [actor_of(factories.person(f"{name}_{code}", (role, plant))) for name, role in roles.items()]
    market.account(plant, officer)
    market.filed(plant, *crew, 2021)


def test_tenfold_records_ask_no_more_of_the_database(page, world, officer, director):
    cycle = market.cycle(world, officer)
    Membership.objects.all().delete()  # the plants of this test are members, and nobody else
    addresses = ("/bulletin/2024H1/", "/bulletin/2024H1/glance/", "/bulletin/2024H1/compare/")
    year_of_a_plant("FIRST", world, officer)
    market.issued(cycle, officer, director)
    before = {address: queries(page, address) for address in addresses}
    for n in range(9):
        year_of_a_plant(f"MORE{n}", world, officer)
    market.issued(cycle, officer, director)
    told = page("/bulletin/2024H1.json").json()
    issued = next(one for row in told["rows"] for one in row["figures"] if one["figure"] == "market.cycle_issued")
    assert int(issued["value"]) == 10 * market.ALLOWANCE[2021]
    assert {address: queries(page, address) for address in addresses} == before


def test_a_doubtful_figure_is_shown_in_words(page, monkeypatch):
    found = FIGURES["verification.reported_emission"]
    blank = type(found)(
        found.code,
        found.title,
        found.unit,
        found.stream,
        found.row,
        lambda question: FigureAnswer(None, "not_determinable"),
    )
    monkeypatch.setitem(FIGURES, found.code, blank)
    assert "not determinable" in page("/bulletin/2024H1/").content.decode()


@pytest.mark.parametrize(
    ("language", "draft"), [("zh", "草稿：未经签发，不得引用"), ("en", "draft: not signed, not to be quoted")]
)
@pytest.mark.parametrize("address", ["/bulletin/2024H1/", "/bulletin/2024H1/glance/"])
def test_what_is_not_published_says_that_it_is_a_draft(page, address, language, draft):
    assert draft in page(address, language).content.decode()


@pytest.mark.parametrize(
    ("form", "kind"),
    [("pdf", "application/pdf"), ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")],
)
def test_the_bulletin_is_taken_away_as_a_paper(page, form, kind):
    told = page(f"/bulletin/2024H1.{form}")
    assert (told.status_code, told["Content-Type"]) == (200, kind)
    assert "bulletin-home-2024H1-en" in told["Content-Disposition"]


def test_the_figures_stand_beside_those_of_the_period_before(page):
    told = page("/bulletin/2024H1/compare/").content.decode()
    assert "2024 H1 / 2023 H2" in told
    assert "composed of today’s data" in told
    assert told.count("/explain/?ref=figure:") == sum(len(row.lines) for row in plan().rows)


def test_the_archive_is_public_and_empty_says_what_comes_next(public):
    assert "No bulletin yet" in public("/bulletin/archive/").content.decode()


def reserved(monkeypatch, code, value, *marks):
    found = FIGURES[code]
    answer = FigureAnswer(value, marks=frozenset(marks))
    swapped = type(found)(found.code, found.title, found.unit, found.stream, found.row, lambda question: answer)
    monkeypatch.setitem(FIGURES, code, swapped)


def test_a_screen_groups_digits_by_thin_spaces_and_says_a_row_s_common_reservation_once(page, monkeypatch):
    all_of_them = Mark("M-low", Text("共有保留", "reserved alike"), "x")
    one_of_them = Mark("M-med", Text("单项保留", "reserved alone"), "x")
    for code, more in (("reported_emission", (one_of_them,)), ("reporting_enterprises", ()), ("reporting_units", ())):
        reserved(monkeypatch, f"verification.{code}", Decimal(95421400), all_of_them, *more)
    told = page("/bulletin/2024H1/").content.decode()
    assert "95\u2009421\u2009400 t" in told
    assert (told.count("reserved alike"), told.count("reserved alone")) == (1, 1)
    assert "95,421,400 t" in page("/bulletin/2024H1.json").content.decode()


@pytest.mark.parametrize(
    ("unit", "before", "now", "words"),
    [
        ("enterprises", "123", "1240", "+1\u2009117"),
        ("enterprises", "20", "20", "unchanged"),
        ("%", "0", "100.00", "+100 points"),
        ("%", "100", "97.22", "\u22122.78 points"),
        ("t", "200", "201", "+0.50 %"),
        ("t", "200", "200", "unchanged"),
        ("t", "0", "5", ""),
    ],
)
def test_a_change_is_said_in_its_own_manner(unit, before, now, words):
    sides = [printed_line(value=value, unit=unit) for value in (now, before)]
    with translation.override("en"):
        assert change_words(FigureChange(1, *sides)) == words
