"""The pages of carbon intensity: for whom, in both languages, and with queries that do not grow."""

from datetime import UTC, datetime

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import decide, perform
from tanzhi.organisations.register.model import Region
from tanzhi.streams.intensity.decompositions.model import Decomposition
from tests import factories
from tests.databases import nothing_kept
from tests.streams.intensity.conftest import energy, gdp, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, settings, world, tmp_path):
    """Opens a page as somebody, in a language."""
    settings.TANZHI_PROVINCE = world.province.code
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }

    def get(address, role="", where=None, language="en"):
        client.logout()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = {"en": "en", "zh": "zh-hans"}[language]
        if role:
            client.force_login(factories.person(f"{role}_{where.code}", (role, where), password=factories.PASSWORD))
        return client.get(address)

    return get


@pytest.fixture
def planned(series, cities, officer):
    target(officer, series.code, 2020, 2025, "17")
    for code in ("990100", "990200"):
        target(officer, code, 2020, 2025, "17")
        gdp(officer, code, 2020, 2021, "3500")
        energy(officer, code, 2021, "500")
    return series


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["2022 年较 2005 年下降 52.2%", "2020—2022 年累计下降 1.1%，时序进度应下降 7.2%", "时序进度（等比）"]),
        ("en", ["2022 against 2005: down 52.2 %", "7.2 % were due, completion 15.0 %", "schedule (geometric)"]),
    ],
)
def test_the_overview_states_its_findings_in_both_languages(look, planned, world, time_machine, language, words):
    time_machine.move_to("2023-06-30T09:00:00+08:00", tick=False)
    told = look("/intensity/", "provincial_officer", world.authority, language).content.decode()
    for one in words:
        assert one in told


def test_the_public_sees_the_published_province_and_no_city(look, planned, time_machine):
    time_machine.move_to("2023-06-30T09:00:00+08:00", tick=False)
    told = look("/intensity/").content.decode()
    assert "−52.2" in told
    assert "0 cities on schedule, 0 behind, 0 not falling" in told  # the cities' rows are not public
    assert look("/intensity/regions/990100/").status_code == 404


def test_a_city_s_officer_sees_his_own_city_only(look, planned, world):
    assert look("/intensity/regions/990100/", "city_officer", world.city_authority).status_code == 200
    elsewhere = factories.organisation("C2", Region.objects.get(code="990200"), "authority")
    assert look("/intensity/regions/990100/", "city_officer", elsewhere).status_code == 404


def test_a_region_s_page_shows_what_a_revision_changed(look, planned, officer, world):
    gdp(officer, planned.code, 2020, 2022, "10100.00", vintage="verified", published=True)
    told = look(f"/intensity/regions/{planned.code}/", "provincial_officer", world.authority).content.decode()
    # by hand: 52.2011 % before, 52.3904 % with 10 100 for 10 060
    for words in ("annual, verified", "−52.2", "−52.4"):
        assert words in told


@pytest.mark.parametrize("address", ["/intensity/ledger/", "/intensity/targets/", "/intensity/decompositions/"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_lists_open_in_both_languages_and_as_files(look, planned, world, address, language):
    assert look(address, "provincial_officer", world.authority, language).status_code == 200
    assert look(f"{address}?export=csv").status_code == 200


def test_a_decomposition_shows_every_method_and_the_form(look, planned, cities, officer, world):
    wanted = target(officer, cities.code, 2020, 2025, "17")
    told = {"target": wanted.pk, "zh": "分解", "en": "Decomposition", "growth": "6"}
    opened = perform("intensity.open_decomposition", officer, data=told).result
    answer = look(f"/intensity/decompositions/{opened.pk}/", "provincial_officer", world.authority)
    assert "Convergence, exact" in answer.content.decode()
    (sheet,) = [field.sheet for field in answer.context["form"].fields if field.sheet]
    first = [cell.value for cell in sheet.rows[0].cells if cell.value]
    assert first == ["Region 990100", "6", "1"]
    assert (
        look(f"/intensity/decompositions/{opened.pk}/", "provincial_officer", world.other_authority, "zh").status_code
        == 404
    )


def test_posting_the_form_computes_and_an_impossible_plan_comes_back_with_its_reason(
    look, client, planned, cities, officer, world
):
    wanted = target(officer, cities.code, 2020, 2025, "17")
    told = {"target": wanted.pk, "zh": "分解", "en": "Decomposition", "growth": "6"}
    opened = perform("intensity.open_decomposition", officer, data=told).result
    address = f"/intensity/decompositions/{opened.pk}/"
    look(address, "provincial_officer", world.authority)
    sent = {"method": "equal", "least": "0", "most": "10", "cities": "", "seen": "0"}
    back = client.post(address, sent)
    assert back.status_code == 422
    assert "INT-10" in back.content.decode()
    assert client.post(address, sent | {"most": "30"}).status_code == 302
    assert Decomposition.objects.get(pk=opened.pk).state == "computed"


@pytest.mark.parametrize("address", ["/intensity/", "/intensity/ledger/"])
def test_the_number_of_queries_does_not_grow(
    look, planned, cities, officer, world, address, django_assert_max_num_queries
):
    look(address, "provincial_officer", world.authority)
    look(address)  # what is kept for the process is asked once
    with (
        nothing_kept(),
        django_assert_max_num_queries(72) as first,
    ):  # in the year after a plan its assessment is computed too
        look(address)
    for n in range(20):
        factories.region(f"9905{n:02d}", world.province)
        gdp(officer, f"9905{n:02d}", 2020, 2020, "100", published=True)
        energy(officer, f"9905{n:02d}", 2020, "10", published=True)
        target(officer, f"9905{n:02d}", 2020, 2025, "17")
    with nothing_kept(), django_assert_max_num_queries(len(first.captured_queries)):
        look(address)


@pytest.fixture
def proposed(planned, cities, officer):
    """A decomposition that is computed and waits for its second signature."""
    wanted = target(officer, cities.code, 2020, 2025, "17")
    told = {"target": wanted.pk, "zh": "分解", "en": "The plan by city", "growth": "6"}
    opened = perform("intensity.open_decomposition", officer, data=told).result
    perform("intensity.compute", officer, opened, {"method": "equal"})
    return perform("intensity.sign_off", officer, opened).proposal


def test_who_decides_is_told_what_it_concerns_and_who_proposed_it(look, proposed, officer, world):
    page = look(f"/cases/proposals/{proposed.pk}/", "provincial_director", world.authority).content.decode()
    subject = Decomposition.objects.get()
    assert f'<a href="/intensity/decompositions/{subject.pk}/">The plan by city</a>' in page
    assert officer.name in page


def test_a_second_officer_reads_that_it_waits_but_has_no_link_that_is_not_for_him(look, proposed, world):
    subject = Decomposition.objects.get()
    page = look(subject.get_absolute_url(), "provincial_officer", world.authority).content.decode()
    assert "Waiting for a second person: Sign the decomposition off" in page
    assert "/cases/proposals/" not in page
    assert "intensity.sign_off" not in page
    director = look(subject.get_absolute_url(), "provincial_director", world.authority).content.decode()
    assert f"/cases/proposals/{proposed.pk}/" in director


def test_once_signed_everybody_finds_it_and_the_city_s_target_leads_to_it(look, proposed, director, officer, planned):
    subject = Decomposition.objects.get()
    assert "The plan by city" not in look("/intensity/decompositions/").content.decode()
    decide(proposed, director, True, "agreed")
    assert "The plan by city" in look("/intensity/decompositions/").content.decode()
    page = look(subject.get_absolute_url()).content.decode()
    assert f"proposed by {officer.name}, approved by {director.name}" in page
    gdp(officer, "990100", 2020, 2022, "3600", published=True)
    of_city = look("/intensity/regions/990100/").content.decode()
    assert f'<a href="{subject.get_absolute_url()}">The plan by city</a>' in of_city


def test_every_list_of_a_region_has_a_file_of_its_own(look, proposed, planned, world):
    look("/intensity/", "provincial_officer", world.authority)
    for prefix in ("r-", "t-", ""):
        told = look(f"/intensity/regions/{planned.code}/?{prefix}export=csv")
        assert told.headers["Content-Type"].startswith("text/csv")


def test_a_path_that_is_the_long_and_the_plan_s_at_once_is_drawn_once(look, planned, officer):
    energy(officer, "990100", 2022, "480", published=True)
    for year, level in ((2020, "3300"), (2022, "3600")):
        gdp(officer, "990100", 2020, year, level, published=True)
    energy(officer, "990100", 2020, "520", published=True)
    told = {"region": "990100", "base_year": 2020, "end_year": 2025, "decline": "17", "source": "document"}
    perform("intensity.set_target", officer, data=told | {"published": True})
    with clock.at(datetime(2024, 6, 1, tzinfo=UTC)):
        page = look("/intensity/regions/990100/").content.decode()
    assert 'id="chart-path"' in page
    assert 'id="chart-long"' not in page
