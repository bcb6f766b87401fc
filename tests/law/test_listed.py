"""What an earlier law computed is listed by guideline, the newest year first, each group once."""

from __future__ import annotations

from typing import Any

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.law import earlier
from tanzhi.law.earlier import NAMED, EarlierResults, Stream, _listed
from tanzhi.rulebook.kernel import Text

LABEL = Text("结果", "results")
STAYS = Text("不变", "it stays")
NOBODY = Actor(None, "")


def of(guideline: str, year: int, *keys: int, stays: Text | None = None) -> EarlierResults:
    return EarlierResults.of_year(guideline, "an earlier release", year, keys, stays)


def listed(monkeypatch: pytest.MonkeyPatch, *standing: EarlierResults, same: frozenset[int] = frozenset()) -> list[Any]:
    stream = Stream(
        "s", LABEL, "m", frozenset({"power", "finance"}), LABEL, lambda _: standing,
        lambda keys: {key: (Text(f"记录{key}", f"record {key}"), "") for key in keys},
        lambda group, _: f"/{group.guideline}/{group.year}/",
    )  # fmt: skip
    monkeypatch.setattr(earlier, "STREAMS", {"s": stream})
    monkeypatch.setattr(earlier, "compared_and_same", lambda _, names: {key: set(same) for key in names})
    return list(_listed(NOBODY, lambda group: group.year > 2000))


def test_groups_stand_by_guideline_and_the_newest_year_first(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = listed(
        monkeypatch,
        of("power", 2022, 1),
        of("finance", 2021, 2),
        of("power", 2024, 3),
        of("power", 2023, 4),
        of("finance", 2023, 5),
        of("power", 1999, 6),
    )
    assert [(row.code, row.year, row.keys) for row in rows] == [
        ("finance", 2023, (5,)),
        ("finance", 2021, (2,)),
        ("power", 2024, (3,)),
        ("power", 2023, (4,)),
        ("power", 2022, (1,)),
    ]
    assert [row.address for row in rows][:2] == ["/finance/2023/", "/finance/2021/"]


def test_records_of_a_group_are_counted_once_and_the_first_six_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = listed(monkeypatch, of("power", 2023, 1, 2, 3, 4), of("power", 2023, 4, 5, 6, 7, 8), same=frozenset({2}))
    assert (row.keys, row.count) == ((1, 3, 4, 5, 6, 7, 8), 7)
    assert NAMED == 6
    assert [name.en for name, _ in row.named] == [f"record {key}" for key in (1, 3, 4, 5, 6, 7)]
    assert listed(monkeypatch, of("power", 2023, 2), same=frozenset({2})) == []


def test_what_stays_is_a_group_of_its_own_without_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    moves, stays = listed(monkeypatch, of("power", 2023, 1), of("power", 2023, 2, stays=STAYS))
    assert (moves.stays, moves.address) == (None, "/power/2023/")
    assert (stays.stays, stays.address, stays.keys) == (STAYS, "", (2,))


def test_a_stream_names_the_records_of_all_its_groups_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def names(keys: Any) -> Any:
        asked.append(sorted(keys))
        return {key: (Text(str(key), str(key)), "") for key in keys}

    standing = [of("power", 2022, 1), of("power", 2023, 2), of("finance", 2023, 3)]
    stream = Stream("s", LABEL, "m", frozenset({"power", "finance"}), LABEL, lambda _: standing, names)
    monkeypatch.setattr(earlier, "STREAMS", {"s": stream})
    monkeypatch.setattr(earlier, "compared_and_same", lambda _, codes: {code: set() for code in codes})
    rows = list(_listed(NOBODY, lambda _: True))
    assert asked == [[1, 2, 3]]
    assert [name.en for row in rows for name, _ in row.named] == ["3", "2", "1"]
