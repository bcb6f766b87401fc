"""A text is found by what stands in it, cut into terms; what is cut and what finds it is stated by hand."""

from __future__ import annotations

import pytest

from tanzhi.presentation.search_index.terms import ranges_of, terms_of


def finds(word: str, text: str) -> bool:
    """As the index finds: every part of the word among the terms."""
    terms, parts = terms_of(text), ranges_of(word)
    return bool(parts) and all(
        any(term.startswith(part.term) if part.begins else term == part.term for term in terms) for part in parts
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("示例电厂", {"示例", "例电", "电厂", "厂"}),
        ("2024-06", {"2024-06", "06"}),
        ("GS-2024-001", {"gs-2024-001", "2024-001", "001"}),
        ("甘环函〔2024〕12号", {"甘环", "环函", "函", "2024", "12", "号"}),
        ("ＣＯ₂ ２０２４", {"co2", "2024"}),
        ("", set()),
        ("—（％）", set()),
    ],
)
def test_a_text_is_cut_into_pairs_of_signs_and_words_of_letters(text: str, terms: set[str]) -> None:
    assert {term.decode() for term in terms_of(text)} == terms


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("示例", "甘肃示例电厂"),
        ("例电厂", "甘肃示例电厂"),
        ("厂", "甘肃示例电厂"),
        ("厂", "电厂区"),
        ("2024", "2024-06"),
        ("2024-06", "2024-06"),
        ("06", "2024-06"),
        ("plant", "PLANT 7"),
        ("pla", "Example plant"),
        ("示例PLANT", "示例PLANT"),
        ("函〔2024〕12", "甘环函〔2024〕12号"),
        ("２０２４", "2024-06"),
    ],
)
def test_a_word_finds_the_text_in_which_it_stands(word: str, text: str) -> None:
    assert finds(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("2024-06", "2024-05 E0601"),  # both parts stand there, but not together
        ("2024-0", "2024 0"),
        ("厂电", "电厂"),
        ("lant", "plant"),
        ("%", "100%"),
        ("_", "a_b"),
        ("'", "'"),
        ("电", "示例"),
    ],
)
def test_a_word_does_not_find_what_it_does_not_stand_in(word: str, text: str) -> None:
    assert not finds(word, text)


def test_a_word_that_is_longer_than_a_term_finds_by_its_beginning() -> None:
    assert finds("a" * 60, "a" * 60)
    assert all(len(term) <= 160 for term in terms_of("a" * 500 + "字" * 500))
