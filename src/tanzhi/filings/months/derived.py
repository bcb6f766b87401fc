"""What follows from deposited versions alone, worked out once a process: the database refuses to change a version."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Derived(Generic[Key, Value]):
    """Values by keys that name every version they come from with its digest, so that none can be out of date.

    `derive` works out those of many keys at once; a key that it leaves out has no value. Of more than `most` values
    the one that was used longest ago goes.
    """

    def __init__(self, derive: Callable[[list[Key]], Mapping[Key, Value]], most: int) -> None:
        self.derive, self.most = derive, most
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def of(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """The values of these keys, in their order."""
        sought = list(dict.fromkeys(keys))
        with self._lock:
            values = {key: self._values[key] for key in sought if key in self._values}
        if missing := [key for key in sought if key not in values]:
            values |= self.derive(missing)
        with self._lock:
            for key, value in values.items():
                self._values[key] = value
                self._values.move_to_end(key)
            while len(self._values) > self.most:
                self._values.popitem(last=False)
        return {key: values[key] for key in sought if key in values}
