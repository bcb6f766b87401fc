"""What was worked out of records alone, kept in the process until the next act."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from .log import state_of_records
from .tracking import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Answer = TypeVar("Answer")


class UntilNextAct(Generic[Answer]):
    """Answers by key; none outlives the act that comes after it.

    For what reads only tables that the log answers for (`answered.tables`), and whatever else it depends on (the
    reader, the day) stands in its key. Nothing is kept in a transaction that wrote what no entry answers for yet. Of
    more than `most` answers the one that was used longest ago goes. Whoever gets an answer must not change it.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._state = ""
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, work: Callable[[], Answer]) -> Answer:
        """The answer of this key, worked out if an act was done since, or nobody asked before."""
        state = "" if noted().unrecorded else state_of_records()
        if not state:
            return work()
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self._state = state
            elif key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = work()
        with self._lock:
            if state == self._state:  # no act was seen meanwhile
                self._answers[key] = answer
                while len(self._answers) > self.most:
                    self._answers.popitem(last=False)
        return answer

    def forget(self) -> None:
        """As if nobody had asked: for whoever puts other records under the same log."""
        with self._lock:
            self._answers.clear()
