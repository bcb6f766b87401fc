"""Every word of the interface that belongs to the field stands in the glossary, with a text that uses it.

A term is what stands in a menu, a role, an act, a kind of work with its states and deadlines, a list with its columns
and filters, or a figure, and is no word of everyday language. Each of these labels is made up of terms and of words
that are named as plain; where a label is a term and nothing else, its English is one that the glossary has for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from docs.reference_terms import OWN, Term, glossary, page

from tanzhi.rulebook.kernel.text import Text
from tests.presentation.lists.test_export import listings

APART = re.compile(r"[\sA-Za-z0-9（）()，、：；。“”\-−—·/「」{}]+")
BASES = {"read", "known"}


def labels() -> Iterator[tuple[str, Text]]:
    """Every label of the interface with where it stands."""
    from tanzhi.actions.registry import ACTIONS
    from tanzhi.actions.roles import ROLES
    from tanzhi.actions.states import CASE_TYPES
    from tanzhi.figures.registry import FIGURES
    from tanzhi.presentation import navigation

    yield from (("menu", stream) for stream in navigation.STREAMS.values() if stream)
    yield from ((entry.name, entry.label) for entry in navigation.entries())
    yield from ((role.code, role.label) for role in ROLES.values())
    yield from ((name, each.label) for name, each in ACTIONS.items())
    for name, kind in CASE_TYPES.items():
        yield from ((name, label) for label in (kind.title, *(state.label for state in kind.states)))
        yield from ((name, limit.label) for limit in kind.limits.values())
    for listing in listings():
        yield from ((listing.name, label) for label in (listing.title, listing.noun))
        for column in listing.columns:
            yield from ((listing.name, label) for label in (column.label, *(column.words or {}).values()))
        yield from ((listing.name, each.label) for each in listing.filters)
    yield from ((code, figure.title) for code, figure in FIGURES.items())


def pieces(chinese: str, words: frozenset[str]) -> list[str]:
    """The words that a label is made of, as few as possible; a sign that belongs to none stands alone."""
    signs, longest = APART.sub("", chinese), max(map(len, words))
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(signs) + 1):
        ways = [(best[end - 1][0] + 100, [*best[end - 1][1], signs[end - 1]])]
        for begin in range(max(0, end - longest), end):
            if (word := signs[begin:end]) in words:
                ways.append((best[begin][0] + 1, [*best[begin][1], word]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def unknown(label: Text, words: frozenset[str]) -> list[str]:
    return [piece for piece in pieces(label.zh, words) if piece not in words]


def says(term: Term, english: str) -> bool:
    return any(each.lower() in english.lower() for each in term.en)


@pytest.mark.django_db
def test_every_label_is_made_of_terms_and_plain_words_and_no_term_is_without_a_label() -> None:
    known, found, used = glossary(), list(labels()), set[str]()
    words = frozenset(known.terms) | known.plain
    assert len(found) > 1500, "labels are no longer found"
    made_of = {label.zh: pieces(label.zh, words) for _, label in found}
    used.update(*made_of.values())
    missing = {label.zh: (where, strange) for where, label in found if (strange := set(made_of[label.zh]) - words)}
    assert missing == {}
    assert set(known.terms) - used == set()
    assert known.plain - used == set()


@pytest.mark.django_db
def test_a_label_that_is_a_term_is_said_in_english_as_the_glossary_has_it() -> None:
    terms = glossary().terms
    exact = [(where, label, terms[label.zh]) for where, label in labels() if label.zh in terms]
    assert len(exact) > 300
    assert [(where, label.zh, label.en) for where, label, term in exact if not says(term, label.en)] == []


def test_every_term_names_a_text_or_says_why_it_is_an_own_one() -> None:
    known = glossary()
    assert not known.plain & set(known.terms)
    assert {text["basis"] for text in known.texts.values()} == BASES
    cited = {place.partition(" ")[0] for term in known.terms.values() for place in (term.source, term.english)}
    assert cited - {OWN} == set(known.texts)
    for term in known.terms.values():
        key, _, where = term.source.partition(" ")
        assert bool(term.why) == (key == OWN), term.zh
        assert key == OWN or where or known.texts[key]["basis"] == "known", term.zh  # of what was read, the place
        assert term.en, term.zh
        assert all(term.en), term.zh


def test_the_page_has_each_term_with_its_text() -> None:
    words = page()
    assert all(f"| {zh} |" in words for zh in glossary().terms)
    assert "碳排放权交易管理暂行条例（国务院令第775号，2024） 三十(三)" in words


def test_an_unknown_word_and_another_english_are_seen() -> None:
    words = frozenset({"配额", "清缴", "确认"})
    assert unknown(Text("确认配额清缴", "Confirm"), words) == []
    assert unknown(Text("配额质押", "Pledge"), words) == ["质", "押"]
    assert not says(Term("清缴", ["surrender"], "own", "own"), "Handing over")
    assert says(Term("清缴", ["surrender"], "own", "own"), "Surrenders")
