"""The house is as its picture says: streams furnished alike, asking only queries, with no machinery of their own."""

from __future__ import annotations

import pytest
from docs.reference_house import ONCE, arrows, floors, graph, missing, streams, users_of

STREAMS = streams()


def test_the_contract_names_the_rooms_of_the_house_and_the_streams_stand_on_one_floor() -> None:
    named = {room for rooms in floors() for room in rooms}
    imported = {room for arrow in arrows() for room in arrow}
    assert imported == named
    assert {"verification", "registry", "inventory", "intensity", "policy", "finance", "ccer"} <= set(STREAMS)


@pytest.mark.parametrize("room", STREAMS)
def test_a_stream_is_furnished_as_all_are(room: str) -> None:
    assert missing(room) == []


@pytest.mark.parametrize("room", STREAMS)
def test_a_stream_asks_another_only_by_its_queries(room: str) -> None:
    own = [one for one in graph().modules if one.startswith(f"tanzhi.{room}.")]
    asked = {other for one in own for other in graph().find_modules_directly_imported_by(one)}
    beside = {one for one in asked for other in STREAMS if other != room and one.startswith(f"tanzhi.{other}")}
    assert {one.rpartition(".")[2] for one in beside} <= {"queries"}


@pytest.mark.parametrize("library", sorted(ONCE))
def test_no_stream_does_by_itself_what_stands_once(library: str) -> None:
    users = users_of(library)
    assert users
    assert not [one for one in users if one.partition(".")[0] in STREAMS]
