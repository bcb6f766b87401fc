"""The reference that `make docs` builds lists everything there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs.generate import FOLDER, PAGES, SCHEMA
from docs.reference_addresses import addresses
from docs.reference_commands import commands
from docs.reference_findings import collect
from docs.reference_settings import SETTINGS, used

from docs import generate
from tanzhi.actions.registry import ACTIONS
from tanzhi.rulebook.kernel import guidelines

pytestmark = pytest.mark.xdist_group("reference")  # which reads the whole source once


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: page() for name, page in PAGES.items()}


def test_make_docs_writes_each_page_and_the_schema(
    pages: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "FOLDER", tmp_path / "reference")
    monkeypatch.setattr(generate, "SCHEMA", tmp_path / "schema.json")
    generate.main()
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "reference").iterdir()} == pages
    assert (tmp_path / "schema.json").read_text("utf-8") == SCHEMA.read_text("utf-8"), "run `make docs`"


def test_the_page_of_the_reference_names_every_page_that_is_built() -> None:
    assert set(re.findall(r"^`(\w+\.md)`", FOLDER.with_suffix(".md").read_text("utf-8"), re.M)) == set(PAGES)


def test_every_rule_and_parameter_has_its_entry(pages: dict[str, str]) -> None:
    page = pages["rules.md"]
    for guideline in guidelines().values():
        names = [*guideline.rules, *(parameter.name for parameter in guideline.parameters)]
        assert [name for name in names if f"`{name}`" not in page] == []


def test_every_action_has_its_row(pages: dict[str, str]) -> None:
    page = pages["actions.md"]
    assert [name for name in ACTIONS if f"| `{name}` |" not in page] == []


def test_a_code_that_is_said_in_several_rooms_names_them_all() -> None:
    rooms, messages = collect()["ACT-SCOPE"]
    assert {"actions", "figures"} <= rooms
    assert all(re.search(r"[\u4e00-\u9fff].* · .*[a-z]", message) for message in messages)


@pytest.mark.parametrize(
    ("code", "room", "message"),
    [
        ("FIL-NOT-LATE", "filings", "no month past its day"),
        ("FIL-NO-CORRECTION", "filings", "no correction to withdraw"),
        ("FIL-FILE-SAME", "filings", "attached already"),
    ],
)
def test_a_code_of_several_words_is_listed(code: str, room: str, message: str) -> None:
    rooms, messages = collect()[code]
    assert (rooms, [message in words for words in messages]) == ({room}, [True])


@pytest.mark.parametrize("word", ["YYYY-MM", "YYYY-MM-DD", "HFC-23", "CCER-14-001-V01"])
def test_what_only_looks_like_a_code_is_none(word: str) -> None:
    assert word not in collect()


def test_every_setting_that_is_read_is_told_and_no_other() -> None:
    assert used() == set(SETTINGS)


def test_every_command_and_every_address_of_ours_says_what_it_does(pages: dict[str, str]) -> None:
    assert [name for name, command in commands() if not command.help] == []
    page = pages["addresses.md"]
    assert [name for _, name, _ in addresses() if f"`{name}`" not in page] == []


def test_every_code_that_the_program_can_say_is_listed(pages: dict[str, str]) -> None:
    page = pages["findings.md"]
    assert [found for found in collect() if f"`{found}`" not in page] == []
