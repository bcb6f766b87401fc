"""Which tests touch the database engine, and so run on PostgreSQL as well as on SQLite (`-m engine`).

A pytest plugin, named in `tests/conftest.py`. A test module is marked by what it is about (KINDS) or by what it says
(WORDS), as far as its tests ask for a database; a single test may carry the mark itself. `tests/test_engines.py` holds
that every room of the source that speaks to an engine in its own words has marked tests, so that nothing new stays on
SQLite alone unnoticed. That texts and numbers fit their columns, which SQLite does not ask, `tests/widths.py` asks of
every test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
KINDS = {
    "transactions, idempotency, locks, four eyes, jobs, rights and states asked in SQL": ("actions",),
    "the append-only log: triggers, sealing, one snapshot, files": ("evidence",),
    "the books: balanced postings, holdings, constraints, triggers": ("streams/market",),
    "kills, tears, half-way stops": ("faults",),
    "versions that cannot change, results written once, lists imported": (
        "filings/deposits/test_work.py",
        "filings/plans/test_work.py",
        "filings/intake/test_records.py",
        "office/test_imports.py",
        "streams/verification/cases/test_work.py",
        "workflow/test_cases.py",
        "workflow/test_dossier.py",
        "streams/intensity/ledger/test_imports.py",
    ),
    "sums, dates and order in SQL": (
        "figures",
        "bulletin/test_editions.py",
        "streams/inventory/test_figures.py",
        "streams/intensity/ledger/test_ledger.py",
        "streams/policy/test_figures.py",
        "presentation/lists/test_listing.py",
        "web/search",
        "web/audit/test_pages.py",
    ),
}
# what they try is decided in Python, and asks the database for nothing but rows by their number
ELSEWHERE = ("actions/test_scopes.py", "actions/test_matrix.py")
# what only an engine does, or each in its own way
WORDS = re.compile(
    r"transaction=True|transactional_db|connection\.(?:vendor|cursor|ops)|\bIntegrityError|\bDatabaseError"
    r"|\bOperationalError|ThreadPoolExecutor|Barrier\(|select_for_update|\bpsycopg\b|TANZHI_DATABASE=postgresql"
)

DATABASE = {"db", "transactional_db"}  # a test of a marked module that asks for no database says nothing of an engine


def touches_engine(path: Path, text: str) -> bool:
    """Whether a test module is about the engine, by its place or by its words."""
    place = path.relative_to(TESTS).as_posix() if path.is_relative_to(TESTS) else path.name
    kinds = [kind for places in KINDS.values() for kind in places]
    of_a_kind = any(place == kind or place.startswith(f"{kind}/") for kind in kinds) and place not in ELSEWHERE
    return of_a_kind or bool(WORDS.search(text))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m engine` a module without such a test is not imported at all."""
    if config.getoption("markexpr") != "engine" or not collection_path.name.startswith("test_"):
        return None
    text = collection_path.read_text("utf-8")
    return True if not touches_engine(collection_path, text) and "mark.engine" not in text else None


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    texts = {path: path.read_text("utf-8") for path in {item.path for item in items}}
    marked = {path for path, text in texts.items() if touches_engine(path, text)}
    in_words = {path for path in marked if WORDS.search(texts[path])}  # searched once a module: the pattern is slow
    for item in items:
        if item.path in marked and not item.get_closest_marker("journey"):
            asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
            if item.path in in_words or asks:
                item.add_marker(pytest.mark.engine)
