"""`tanzhi explain`, `bulletin`, `evidence`, `import` on a small province."""

import json

import pytest

from tanzhi.actions.registry import decide, perform
from tanzhi.evidence.models import Entry
from tanzhi.evidence.sealer import seal_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(world, settings, tmp_path):
    settings.TANZHI_PROVINCE, settings.STATIC_ROOT = "990000", tmp_path


@pytest.mark.parametrize(("lang", "words"), [("zh", "重点排放单位，2023年: 1"), ("en", "Key emission units, 2023: 1")])
def test_a_figure_is_explained_in_both_languages(tanzhi, lang, words):
    told = tanzhi("explain", "verification.key_units", "--period", 2023, lang=lang).stdout
    assert words in told
    assert "PLANT" in told


def test_a_figure_is_explained_as_json_by_its_reference(tanzhi):
    told = json.loads(tanzhi("explain", "figure:verification.key_units?period=2023", "--json", "--depth", 3).stdout)
    assert (told["value"], told["parts"][0]["label"]["en"]) == ("1", "Power")
    assert told["parts"][0]["parts"][0]["label"]["en"] == "Example PLANT"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("explain", "no.figure", "--period", "2023"), "FIG-UNKNOWN", 4),
        (("explain", "verification.key_units", "--period", "soon"), "FIG-PERIOD", 4),
        (("explain", "verification.key_units"), "CLI-PERIOD", 2),
        (("explain", "result:1"), "ACT-SCOPE", 4),
        (("bulletin", "--period", "2024H9"), "FIG-PERIOD", 4),
        (("bulletin", "--period", "2024H1", "--region", "1"), "ACT-INPUT", 1),
        (("evidence", "receipt", "R-000001-00"), "CLI-RECEIPT", 4),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_not_there_is_told_with_a_code_and_an_exit_code(tanzhi, words, code, exit_code, lang):
    told = tanzhi(*words, lang=lang)
    assert (told.exit_code, told.stderr.split(":")[0]) == (exit_code, code)


@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "应对气候变化工作发布稿，2024年上半年"), ("en", "Bulletin on climate work, 2024 H1")]
)
def test_the_bulletin_is_printed_as_text_json_and_page_in_both_languages(
    tanzhi, lang, title, officer, director, province
):
    assert tanzhi("bulletin", "--period", "2024H1", lang=lang).stdout.startswith(title)
    draft = perform("bulletin.draft", officer, data={"period": "2024H1", "region": province.code}).result
    page = ("bulletin", "--period", "2024H1", "--format", "html")
    unpublished = tanzhi(*page, lang=lang)
    assert unpublished.exit_code == 4
    assert "CLI-PUBLISHED: " in unpublished.stderr
    decide(perform("bulletin.publish", officer, draft, {"remark": "all rows were read"}).proposal, director, True)
    assert title in tanzhi(*page, lang=lang).stdout
    told = json.loads(tanzhi("bulletin", "--period", "2024H1", "--format", "json", lang=lang).stdout)
    assert told["title"][lang] == title


def test_an_unknown_format_is_wrong_usage(tanzhi):
    assert tanzhi("bulletin", "--period", "2024H1", "--format", "odt").exit_code == 2


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_bulletin_is_written_to_a_file_as_a_paper(tanzhi, tmp_path, form, magic):
    out = tmp_path / f"bulletin.{form}"
    assert tanzhi("bulletin", "--period", "2024H1", "--format", form, "--out", out).exit_code == 0
    assert out.read_bytes().startswith(magic)


def test_the_log_is_sealed_verified_and_its_receipts_printed(tanzhi):
    count = Entry.objects.count()
    assert f"sealed: {count} entries" in tanzhi("evidence", "seal").stdout
    assert json.loads(tanzhi("evidence", "verify", "--json").stdout)["intact"] is True
    number = Entry.objects.get(leaf_index=2).number
    assert json.loads(tanzhi("evidence", "receipt", number).stdout)["receipt"] == number


def test_an_entry_that_waits_has_no_receipt_yet(tanzhi):
    told = tanzhi("evidence", "receipt", Entry.objects.latest("pk").pk)
    assert (told.exit_code, "not sealed yet" in told.stderr) == (4, True)


def test_every_sealed_entry_is_exported_in_order_and_nothing_is_overwritten(tanzhi, tmp_path):
    seal_all()
    file = tmp_path / "log.jsonl"
    assert tanzhi("evidence", "export", file).exit_code == 0
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["index"] for line in lines] == list(range(Entry.objects.count()))
    assert tanzhi("evidence", "export", file).exit_code == 3


def test_a_workbook_that_is_none_is_answered_and_nothing_is_saved(tanzhi, clerk_person, clerk, plant, tmp_path):
    file = tmp_path / "june.xlsx"
    file.write_bytes(b"not a workbook")
    words = ("import", "power.month", file, "--period", "2023-06", "--as", "clerk")
    dry = json.loads(tanzhi(*words, "--dry-run", "--json").stdout)
    assert dry["saved"] is False
    assert dry["findings"]
    assert tanzhi(*words).exit_code == 1
    filing = perform(
        "filings.open", clerk, data={"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    ).result
    assert filing.latest is None


def test_an_import_needs_somebody_who_may_and_a_file_that_is_there(tanzhi, clerk_person, tmp_path):
    file = tmp_path / "june.xlsx"
    words = ("import", "power.month", file, "--period", "2023-06", "--as")
    assert tanzhi(*words, "clerk").stderr.startswith("CLI-FILE")
    file.write_bytes(b"")
    assert tanzhi(*words, "nobody").stderr.startswith("CLI-PERSON")
