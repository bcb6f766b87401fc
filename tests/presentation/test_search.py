"""Words are looked for as they are written, by months as people say them, and without what no database takes."""

from __future__ import annotations

import pytest

from tanzhi.organisations.people.roles import public_actor
from tanzhi.presentation import search as registry
from tanzhi.presentation.search import Hit, ListSearch, kinds, register, search, spellings, words_of
from tanzhi.rulebook.kernel.text import Text


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("西固", ["西固"]),
        ("2024年6月", ["2024年6月", "2024-06"]),
        ("2024年12月份", ["2024年12月份", "2024-12"]),
        ("2023年度", ["2023年度", "2023"]),
        ("2024年6月7日", ["2024年6月7日"]),
    ],
)
def test_a_month_is_found_as_people_and_as_records_write_it(word: str, expected: list[str]) -> None:
    assert spellings(word) == expected


def test_a_question_is_a_few_words_without_signs_that_no_database_takes() -> None:
    assert words_of(" 兰州\u3000核查\x00 \n") == ["兰州", "核查"]
    assert words_of("a b c d e f g") == ["a", "b", "c", "d", "e"]
    assert words_of("长" * 100) == ["长" * 60]
    assert words_of("\x00\u202e ") == []


@pytest.fixture
def two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_KINDS", {})
    june, july = (Hit(Text("六月", "June"), "/6/"), Hit(Text("七月", "July"), "/7/"))
    months = [("2024-06 西固", lambda: june), ("2024-07 西固", lambda: july)]
    rules = [("oxidation 西固", lambda: Hit(Text("规则", "Rule"), "/r/"))]
    register(ListSearch("rules", Text("规则", "Rules"), lambda _actor: rules), 90)
    register(ListSearch("months", Text("月度数据", "Monthly data"), lambda _actor: months), 10)


@pytest.mark.usefixtures("two_kinds")
def test_every_word_must_fit_and_the_name_of_a_kind_is_one_that_does() -> None:
    def found(question: str, most: int = 5, only: str = "") -> list[tuple[str, int, list[str]]]:
        hits = search(public_actor(), question, most, only)
        return [(kind.code, kind.count, [hit.address for hit in kind.first]) for kind in hits]

    assert [kind.code for kind in kinds()] == ["months", "rules"]
    assert found("西固") == [("months", 2, ["/6/", "/7/"]), ("rules", 1, ["/r/"])]
    assert found("西固", most=1) == [("months", 2, ["/6/"]), ("rules", 1, ["/r/"])]
    assert found("西固 2024年7月") == [("months", 1, ["/7/"])]
    assert found("月度 2024年6月") == [("months", 1, ["/6/"])]
    assert found("monthly") == [("months", 2, ["/6/", "/7/"])]
    assert found("month") == []
    assert found("西固", only="rules") == [("rules", 1, ["/r/"])]
    assert found("西固", only="forged") == []
    assert found("") == []
