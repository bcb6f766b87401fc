"""English is complete: of every page that is walked, what stands in Chinese is a name, a quotation or a number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.languages import chinese

QUOTED = {
    "presentation:act verification.turn_hit_into_clue": "the clue as it will be called, in the words of its letters",
    "verification:answers": "the nation's list in the columns and words in which it came",
}
"""Pages that may quote what is stored nowhere as a text, with the reason."""


@pytest.mark.province
def test_no_page_in_english_speaks_chinese_in_words_of_the_platform(walked: Path) -> None:
    left = json.loads(Path(f"{walked}.chinese").read_text("utf-8"))
    assert {page: words for page, words in left.items() if page not in QUOTED} == {}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html lang='en'><p>Due 期限 today</p>", {"期限"}),
        ("<html lang='en'><p title='依据'>Law</p>", {"依据"}),
        ("<html lang='en'><p lang='zh-Hans'>期限 <b>今天</b></p><p>Today</p>", set()),
        ("<html lang='en'><p lang='zh-Hans'>期限 <b lang='en'>今天</b></p>", {"今天"}),
        ("<html lang='en'><p>Notice (环办气候函〔2025〕140号)</p>", set()),
        ("<html lang='en'><p>Unit 1，April</p><p>示例（Unit 1），x</p>", {"Unit 1，April", "示例"}),
        ("<html lang='en'><textarea>期限</textarea><input value='期限'><br><i>今天</i>", {"今天"}),
    ],
)
def test_what_a_page_calls_chinese_and_the_number_of_a_document_are_left_out(page: str, words: set[str]) -> None:
    assert chinese(page) == words
