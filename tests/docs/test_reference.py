"""The committed reference is what the code says today."""

from __future__ import annotations

import re

import pytest
from docs.generate import FOLDER, PAGES
from docs.reference_addresses import addresses
from docs.reference_commands import commands
from docs.reference_findings import collect
from docs.reference_settings import SETTINGS, used

from tanzhi.actions.registry import ACTIONS
from tanzhi.rulebook.kernel import guidelines


@pytest.mark.parametrize("name", PAGES)
def test_a_committed_page_equals_what_make_docs_writes(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def test_every_rule_and_parameter_has_its_entry() -> None:
    page = (FOLDER / "rules.md").read_text("utf-8")
    for guideline in guidelines().values():
        names = [*guideline.rules, *(parameter.name for parameter in guideline.parameters)]
        assert [name for name in names if f"`{name}`" not in page] == []


def test_every_action_has_its_row() -> None:
    page = (FOLDER / "actions.md").read_text("utf-8")
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


def test_every_command_and_every_address_of_ours_says_what_it_does() -> None:
    assert [name for name, command in commands() if not command.help] == []
    page = (FOLDER / "addresses.md").read_text("utf-8")
    assert [name for _, name, _ in addresses() if f"`{name}`" not in page] == []


def test_every_code_that_the_program_can_say_is_listed() -> None:
    page = (FOLDER / "findings.md").read_text("utf-8")
    assert [found for found in collect() if f"`{found}`" not in page] == []
