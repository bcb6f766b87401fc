"""What speaks to the database engine in its own words is tried on both engines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import engines

SOURCE = Path(__file__).parents[1] / "src" / "tanzhi"
# what Django leaves to the engine: locks, raw SQL, errors, triggers, what happens at commit, conflicts
SPEAKS = re.compile(
    r"select_for_update|connections?\.(?:vendor|cursor|features|ops)|connection\.execute|RawSQL|\.raw\(|RunSQL|RunPython"
    r"|skip_locked|nowait=|update_conflicts|ignore_conflicts|IntegrityError|OperationalError|on_commit"
)
MODULES = sorted(
    path.relative_to(SOURCE).as_posix()
    for path in SOURCE.rglob("*.py")
    if "rulebook" not in path.parts and SPEAKS.search(path.read_text("utf-8"))
)
MARKED = {
    path: text
    for path in engines.TESTS.rglob("test_*.py")
    if engines.touches_engine(path, text := path.read_text("utf-8"))
}


def test_every_kind_names_tests_that_are_there() -> None:
    for places in engines.KINDS.values():
        assert [
            place
            for place in places
            if not list(engines.TESTS.glob(f"{place}/test_*.py" if "." not in place else place))
        ] == []


def room_of(place: str) -> str:
    """The folder of a room, or of a stream, in the source as among the tests."""
    way = place.split("/")
    return "/".join(way[: 2 if way[0] == "streams" else 1])


@pytest.mark.parametrize("room", sorted({room_of(module) for module in MODULES}))
def test_a_room_that_speaks_to_the_engine_has_tests_that_run_on_both(room: str) -> None:
    own = [path for path in MARKED if room_of(path.relative_to(engines.TESTS).as_posix()) == room]
    named = [path for path, text in MARKED.items() if re.search(rf"\btanzhi\.{room.replace('/', '.')}\b", text)]
    assert own or named, f"tests of {room} touch no engine by tests/engines.py: {MODULES}"


@pytest.mark.parametrize(
    ("text", "touches"),
    [
        ("@pytest.mark.django_db(transaction=True)\ndef test_x(): ...", True),
        ("with pytest.raises(IntegrityError): ...", True),
        ("def test_sum(): assert 1 + 1 == 2", False),
    ],
)
def test_a_new_test_that_speaks_of_the_engine_is_marked_by_its_words(text: str, touches: bool) -> None:
    assert engines.touches_engine(engines.TESTS / "policy" / "test_new.py", text) is touches


def test_the_mark_reaches_the_tests(request: pytest.FixtureRequest) -> None:
    """This module speaks of IntegrityError itself."""
    assert request.node.get_closest_marker("engine")
