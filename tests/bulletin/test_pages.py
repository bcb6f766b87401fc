"""The public pages: anybody reads them, in both languages, down to the explanation."""

import pytest

from tanzhi.bulletin.rows import plan
from tanzhi.figures import FIGURES, Answer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, world, settings, tmp_path):
    settings.TANZHI_PROVINCE, settings.STATIC_ROOT = "990000", tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }

    def get(address, language="en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = {"en": "en", "zh": "zh-hans"}[language]
        return client.get(address)

    return get


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "应对气候变化工作发布稿，2024年上半年"), ("en", "Bulletin on climate work, 2024 H1")]
)
def test_anybody_reads_the_bulletin_in_both_languages(page, language, words):
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


def test_the_list_of_key_emission_units_is_public(page):
    told = page("/bulletin/disclosure/2023.json").json()
    assert [(unit["code"], unit["sector"]) for unit in told["key_units"]] == [("PLANT", "power")]
    assert told["key_units"][0]["name"] == {"zh": "示例PLANT", "en": "Example PLANT"}


def test_a_second_province_publishes_its_own_list(page):
    factories.key_unit(factories.organisation("TWO", factories.region("970000")))
    told = page("/bulletin/disclosure/2023.json?region=970000").json()
    assert [unit["code"] for unit in told["key_units"]] == ["TWO"]


def test_the_number_of_queries_does_not_grow_with_the_register(page, django_assert_max_num_queries, world):
    for n in range(5):
        factories.key_unit(factories.organisation(f"MORE{n}", world.city))
    with django_assert_max_num_queries(400):
        page("/bulletin/2024H1/")


def test_a_doubtful_figure_is_shown_in_words(page, monkeypatch):
    found = FIGURES["verification.reported_emission"]
    blank = type(found)(
        found.code, found.title, found.unit, found.stream, found.row, lambda question: Answer(None, "not_determinable")
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


def test_the_archive_is_public_and_empty_says_what_comes_next(page):
    assert "No bulletin yet" in page("/bulletin/archive/").content.decode()
