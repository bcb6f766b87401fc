"""A bulletin of any months: chosen, published once they are over, set beside what it compares with."""

from decimal import Decimal

import pytest

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.bulletin.changes import FigureChange
from tanzhi.bulletin.periods import months
from tanzhi.bulletin.serving import newest_for
from tanzhi.bulletin.templatetags.bulletin import before_of, change_words
from tanzhi.figures import FigureAnswer
from tests.bulletin.lines import printed_line

pytestmark = pytest.mark.django_db
KEY_UNITS = "verification.key_units"
TRAININGS = "activities.trainings"


def drafted(officer, province, **chosen):
    return perform("bulletin.draft", officer, data={"region": province.code, **chosen}).result


@pytest.mark.parametrize(
    ("chosen", "period"),
    [
        ({"since": "2024-01", "until": "2024-09"}, "2024M01-09"),
        ({"since": "2024-01", "until": "2024-06"}, "2024H1"),
        ({"since": "2024-01", "until": "2024-12"}, "2024"),
        ({"since": "2024-03", "until": "2024-03"}, "2024-03"),
        ({"since": "2024-03", "until": "2024-04", "period": "2024M03-04"}, "2024M03-04"),
        ({"period": "2024M01-06"}, "2024H1"),
        ({"period": "2019M02-03"}, "2019M02-03"),
    ],
)
def test_an_edition_is_drafted_for_months_or_for_the_code_of_a_period(told, officer, province, chosen, period):
    edition = drafted(officer, province, **chosen)
    assert (edition.period, edition.content.period) == (period, period)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, "—"),
        ({"since": "2024-01"}, "2024-01"),
        ({"until": "2024-09"}, "2024-09"),
        ({"since": "2024-09", "until": "2024-01"}, "2024-09—2024-01"),
        ({"since": "2023-10", "until": "2024-03"}, "2023-10—2024-03"),
        ({"since": "2024-01", "until": "2024-09", "period": "2024H1"}, "2024-01—2024-09—2024H1"),
    ],
)
def test_months_that_are_no_period_are_refused_and_named(told, officer, province, chosen, found):
    with pytest.raises(Refused) as refused:
        drafted(officer, province, **chosen)
    assert refused.value.code == "BUL-06"
    assert f"“{found}”" in refused.value.message.zh
    assert f"“{found}”" in refused.value.message.en


@pytest.mark.parametrize(("day", "refusal"), [("2024-09-30", "BUL-04"), ("2024-10-01", "")])
def test_the_first_three_quarters_are_published_once_they_are_over(
    told, officer, director, province, settings, day, refusal
):
    edition = drafted(officer, province, since="2024-01", until="2024-09")
    settings.TANZHI_TODAY = day
    if refusal:
        with pytest.raises(Refused) as refused:
            perform("bulletin.publish", officer, edition, {"remark": "all were read"})
        assert refused.value.code == refusal
        return
    proposal = perform("bulletin.publish", officer, edition, {"remark": "all were read"}).proposal
    decide(proposal, director, True, "agreed")
    edition.refresh_from_db()
    assert edition.name.zh == f"{province.name.zh}2024年前三季度发布稿，第1版"


def test_the_public_opens_what_ends_last_and_of_several_the_usual_period(told, officer, director, province, settings):
    settings.TANZHI_TODAY = "2025-01-02"
    for period, opened in (("2024M01-09", "2024M01-09"), ("2024H2", "2024H2"), ("2024M09-12", "2024H2")):
        edition = drafted(officer, province, period=period)
        proposal = perform("bulletin.publish", officer, edition, {"remark": "all were read"}).proposal
        decide(proposal, director, True, "agreed")
        assert newest_for(Actor(None, "public"), province.code) == opened


def test_months_to_choose_from_end_with_the_one_that_runs(settings, officer):
    settings.TANZHI_TODAY = "2024-03-05"
    codes = [code for code, _ in months(officer)]
    assert (codes[0], codes[3], codes[-1], len(codes)) == ("2024-03", "2023-12", "2021-01", 39)


@pytest.fixture
def page(client, world, settings, tmp_path):
    from tests.bulletin.test_pages import BACKEND, factories

    settings.TANZHI_PROVINCE, settings.STATIC_ROOT = "990000", tmp_path
    reader = factories.person("reader", ("provincial_officer", world.authority))
    type(reader).objects.filter(pk=reader.pk).update(is_active=True, state="active")
    client.force_login(type(reader).objects.get(pk=reader.pk), backend=BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get


def test_a_page_of_any_months_is_reached_by_choosing_them(told, page):
    assert page("/bulletin/?since=2024-01&until=2024-09").url == "/bulletin/2024M01-09/"
    assert page("/bulletin/?period=2024M01-06").url == "/bulletin/2024H1/"
    assert page("/bulletin/?since=2024-09&until=2024-01").status_code == 422
    shown = page("/bulletin/2024M01-09/").content.decode()
    assert "Bulletin on climate work, 2024 Q1–Q3" in shown
    assert '<option value="2024-09" selected>' in shown


def test_a_half_year_stands_beside_the_half_before_or_the_same_a_year_ago(told, page):
    told[KEY_UNITS, "2022"] = FigureAnswer(Decimal(4))
    shown = page("/bulletin/2024H1/compare/").content.decode()
    assert "2024 H1 / 2023 H2" in shown
    assert "with=a_year_ago" in shown
    assert "2024 H1 / 2023 H1" in page("/bulletin/2024H1/compare/?with=a_year_ago").content.decode()
    first = page("/bulletin/2024M01-09/compare/").content.decode()
    assert "2024 Q1–Q3 / 2023 Q1–Q3" in first
    assert "with=" not in first  # there is nothing else to choose


def change(before, now="24", signed=True, **fields):
    sides = [printed_line(value=value, unit="enterprises", full=None, **fields) for value in (now, before)]
    return FigureChange(1, *sides, signed=signed)


def test_a_zero_that_nobody_has_signed_is_no_record_and_no_change_is_said_against_it(english):
    assert (before_of(change("0", signed=False)), change_words(change("0", signed=False))) == ("no record", "")
    assert (before_of(change("0")), change_words(change("0"))) == ("words", "+24")
    assert change_words(change("20", signed=False)) == "+4"
    assert change_words(change("0", now="0", signed=False)) == ""


def test_against_a_period_that_was_not_published_no_record_stands_in_place_of_zero(told, page):
    told[TRAININGS, "2023H2"], told[TRAININGS, "2024H1"] = FigureAnswer(Decimal(0)), FigureAnswer(Decimal(2))
    shown = page("/bulletin/2024H1/compare/").content.decode()
    row = next(part for part in shown.split("<tr>") if TRAININGS in part)
    assert ("no record" in row, "2 courses" in row, "+2" in row) == (True, True, False)
    blank = next(part for part in shown.split("<tr>") if "activities.conferences" in part)
    assert blank.count(">blank<") == 2


@pytest.fixture
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["since=2024-03", "until=2024-03", "since=2024-03&until=2024-03"])
def test_one_month_alone_leads_to_that_month(client, asked):
    answer = client.get(f"/bulletin/?{asked}")
    assert (answer.status_code, answer["Location"]) == (302, "/bulletin/2024-03/")
