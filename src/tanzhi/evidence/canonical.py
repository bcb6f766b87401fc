"""Canonical JSON by RFC 8785, for values of which the fast encoder's output is the canonical one.

Keys are ASCII, numbers whole and below 2^53, so that sorting by code point and by UTF-16 unit agree and no binary
fraction is ever written. Anything else is refused. Proving that takes longer than writing, so the common case, plain
values under keys that were met before, is proven by two questions to sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType
from typing import Any

import orjson

LARGEST = 2**53 - 1
MOST_KEYS = 10_000
"""Keys come from code and are few; should somebody's data ever be keys, remembering them ends here."""
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_PLAIN = frozenset((str, int, bool, NoneType))
_keys_met: set[str] = set()
_met, _plain = _keys_met.issuperset, _PLAIN.issuperset


class NotCanonical(Exception):
    """A value that has no agreed bytes: a float, a key that is not ASCII, a number too large."""


def canonical(value: Any) -> bytes:
    """The value's one and only bytes."""
    if type(value) is not dict or not _met(value) or not _plain(map(type, value.values())):
        _prove(value)
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as fault:  # a number too large, which costs nothing to find only here
        raise NotCanonical(f"{fault}; use a string") from fault


def _prove(value: Any) -> None:
    if isinstance(value, dict):
        for key in () if _met(value) else value:
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(f"key {key!r} is not ASCII")
            if len(_keys_met) < MOST_KEYS:
                _keys_met.add(key)
        _prove_each(value.values())
    elif isinstance(value, list):
        _prove_each(value)
    elif not isinstance(value, str | int | None):
        raise NotCanonical(f"{value!r} ({type(value).__name__}) cannot be written canonically; use a string")


def _prove_each(items: Iterable[Any]) -> None:
    for item in items:
        if type(item) not in _PLAIN:
            _prove(item)
