"""The house is as its picture says: streams furnished alike, asking only queries, with no machinery of their own."""

from __future__ import annotations

import pytest
from docs.reference_house import ONCE, arrows, floors, graph, missing, room_of, streams, users_of

STREAMS = streams()


def test_the_contract_names_the_rooms_of_the_house_and_the_streams_stand_on_one_floor() -> None:
    named = {room for rooms in floors() for room in rooms}
    imported = {room for arrow in arrows() for room in arrow}
    assert imported == named
    assert {"ccer", "finance", "intensity", "inventory", "market", "policy", "verification"} == set(STREAMS)


@pytest.mark.parametrize("room", STREAMS)
def test_a_stream_is_furnished_as_all_are(room: str) -> None:
    assert missing(room) == []


@pytest.mark.parametrize("room", STREAMS)
def test_a_stream_asks_another_only_by_its_queries(room: str) -> None:
    own = [one for one in graph().modules if one.startswith(f"tanzhi.streams.{room}.")]
    asked = {other for one in own for other in graph().find_modules_directly_imported_by(one)}
    beside = {one for one in asked if one.startswith("tanzhi.streams.") and room_of(one) != room}
    assert {one.rpartition(".")[2] for one in beside} <= {"queries"}


def test_trading_asks_the_rest_of_the_market_only_by_its_queries() -> None:
    trading = "tanzhi.streams.market.trading"
    own = [one for one in graph().modules if one.startswith(trading)]
    asked = {other for one in own for other in graph().find_modules_directly_imported_by(one)}
    beside = {one for one in asked if room_of(one) == "market" and not one.startswith(trading)}
    assert {one.rpartition(".")[2] for one in beside} == {"queries"}


@pytest.mark.parametrize("library", sorted(ONCE))
def test_no_stream_does_by_itself_what_stands_once(library: str) -> None:
    users = users_of(library)
    assert users
    assert not [one for one in users if one.startswith("streams.")]
