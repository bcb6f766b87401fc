"""Nobody works a confidential row out of a table that is shown: by hand for one case, by linear algebra for any."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.inventory.categories import CATEGORIES, LEAVES, MEMO, below
from tanzhi.streams.inventory.confidential import CONFIDENTIAL, hide

COUNTED = [leaf.code for leaf in LEAVES if leaf.sector != MEMO]


@dataclass
class Line:
    code: str
    amounts: dict = field(default_factory=dict)
    total: object = None


def table(amounts: dict[str, int]) -> tuple[list[Line], tuple[Line, Line]]:
    def line(code: str, leaves: list[str]) -> Line:
        known = [amounts[leaf] for leaf in leaves if leaf in amounts]
        value = Decimal(sum(known)) if known else None
        return Line(code, {"CO2": value}, value)

    rows = [line(code, [leaf.code for leaf in below(code)]) for code in CATEGORIES]
    land = {leaf.code for leaf in LEAVES if leaf.sector == "land"}
    return rows, (line("T1", [code for code in COUNTED if code not in land]), line("T2", COUNTED))


def shown_sums(rows: list[Line], totals: tuple[Line, Line], amounts: dict[str, int]) -> list[set[str]]:
    """Each number that is shown, as the set of leaves that it adds up."""
    land = {leaf.code for leaf in LEAVES if leaf.sector == "land"}
    parts = {row.code: {leaf.code for leaf in below(row.code)} for row in rows}
    parts |= {"T1": set(COUNTED) - land, "T2": set(COUNTED)}
    filled = set(amounts)
    return [parts[row.code] & filled for row in (*rows, *totals) if isinstance(row.total, Decimal)]


def derivable(leaf: str, sums: list[set[str]], leaves: list[str]) -> bool:
    """Whether a leaf is a combination of the numbers that are shown: elimination over fractions."""
    vectors = [[Fraction(one in total) for one in leaves] for total in sums]
    rank = rank_of(vectors)
    return rank_of([*vectors, [Fraction(one == leaf) for one in leaves]]) == rank


def rank_of(vectors: list[list[Fraction]]) -> int:
    rows, rank = [list(row) for row in vectors], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[rank:] if row[column]), None)
        if pivot is None:
            continue
        at = rows.index(pivot, rank)
        rows[rank], rows[at] = rows[at], rows[rank]
        for other in range(rank + 1, len(rows)):
            if rows[other][column]:
                times = rows[other][column] / pivot[column]
                rows[other] = [a - times * b for a, b in zip(rows[other], pivot, strict=True)]
        rank += 1
    return rank


def test_beside_one_confidential_row_its_smallest_neighbour_is_hidden_and_the_total_stays():
    rows, totals = table({"IP.1": 500, "IP.2": 20, "IP.3": 300, "EN.4": 1000})
    hide(rows, totals, {"IP.1"})
    seen = {row.code: row.total for row in (*rows, *totals)}
    assert (seen["IP.1"], seen["IP.2"]) == (CONFIDENTIAL, CONFIDENTIAL)
    assert (seen["IP.3"], seen["IP"], seen["T1"]) == (Decimal(300), Decimal(820), Decimal(1820))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_confidential_row_follows_from_what_is_shown(data):
    amounts = data.draw(st.dictionaries(st.sampled_from(COUNTED), st.integers(1, 10**6), min_size=2, max_size=25))
    secret = data.draw(st.sets(st.sampled_from(sorted(amounts)), min_size=1, max_size=3))
    rows, totals = table(amounts)
    hide(rows, totals, secret)
    sums, leaves = shown_sums(rows, totals, amounts), sorted(amounts)
    assert not [leaf for leaf in secret if derivable(leaf, sums, leaves)]
