"""A stretch of the tables: whole records of the top level, as many rows as fit the processor's cache."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import rounding
from ..rules import Argument, GuidelineFault, Rule
from ..states import KNOWN as KNOWN_STATE
from ..values import Value
from .answers import Codes, Condition
from .column import SAFE, TINY, WHOLE, Column, U, without_numbers
from .filed import filed
from .frames import (
    BLANK,
    EXCLUDED,
    KNOWN,
    NOT_DETERMINABLE,
    ORDER,
    Array,
    Below,
    ChildRange,
    Frame,
    NotInColumns,
    State,
    all_known,
    both,
    chosen_state,
    code_of,
    either,
    is_known,
    joined,
    none_known,
    nowhere,
)
from .lookup import with_keys
from .rows import Forest
from .tables import Coded
from .whole import rounded
from .words import vector

if TYPE_CHECKING:
    from .ground import Population

Answer = Column | Codes | Condition
LEFT = (NotInColumns, ArithmeticError, AttributeError, TypeError, ValueError)
"""A rule may do with an exact number what no column can: `%`, `if`, a method. Records then compute it, or fail too."""


SMALL = 1024
"""A stretch with no more rows than this is not cut again."""


class TooMany(Exception):
    """So many rows are undecided that the stretch is worth cutting in two: one row beyond all others may be why."""


class Chunk:
    """Evaluates names for some records of the top level together."""

    def __init__(self, columns: Population, first: int, last: int) -> None:
        self.columns, self.guideline, self.edition = columns, columns.guideline, columns.edition
        tables, top = columns.tables, columns.guideline.top
        self.begins = {level: int(tables.offsets(level, top)[first]) for level in self.guideline.levels}
        self.ends = {level: int(tables.offsets(level, top)[last]) for level in self.guideline.levels}
        self.memo: dict[str, Answer] = {}
        self.wide: dict[str, dict[int, Decimal]] = {}
        self._spans: dict[tuple[str, str], ChildRange] = {}
        self._taken: dict[tuple[str, str], Answer] = {}
        self._held: dict[tuple[str, str], Codes] = {}

    def size(self, level: str) -> int:
        return self.ends[level] - self.begins[level]

    def rows(self, level: str) -> slice:
        return slice(self.begins[level], self.ends[level])

    def span(self, low: str, high: str) -> ChildRange:
        if (low, high) not in self._spans:
            offsets = self.columns.tables.offsets(low, high)[self.begins[high] : self.ends[high] + 1]
            self._spans[low, high] = ChildRange(offsets - self.begins[low])
        return self._spans[low, high]

    @cached_property
    def forest(self) -> Forest:
        return Forest(self.columns.tables, self.columns.assessment, self._exact_already)

    def release(self) -> None:
        """Let its columns go at once: its forest points back to it, and a cycle waits for the garbage collector."""
        self.memo.clear()
        self._taken.clear()
        self._held.clear()
        self._spans.clear()

    # --- names ------------------------------------------------------------------------------------

    def column(self, name: str) -> Answer:
        """The name on all rows of its own level."""
        if name not in self.memo:
            self.memo[name] = self._by_definition(self.edition[name])
        return self.memo[name]

    def _by_definition(self, rule: Rule) -> Answer:
        """By the one definition of the year; where the law of a name changes within it, month by month by records."""
        if rule.name in self.edition.divided:
            return self._by_records(rule)
        return self._filed(rule) if rule.filed else self._computed(rule)

    def seen(self, name: str, level: str) -> Answer:
        """A name of this level or of one above, or a parameter, on the rows of this level."""
        rule = self.edition.get(name)
        if rule is not None and rule.level == level:
            return self.column(name)
        if (name, level) not in self._taken:
            self._taken[name, level] = self._brought(rule, name, level)
        return self._taken[name, level]

    def _brought(self, rule: Rule | None, name: str, level: str) -> Answer:
        if rule is None:
            return self._parameter(name, level)
        span = self.span(level, rule.level)
        return self.column(name) if span.identity else self.column(name).take(span.index)

    def _filed(self, rule: Rule) -> Answer:
        raw = self.columns.tables.tables[rule.level].get(rule.name)
        rows = self.rows(rule.level)
        answer = filed(
            rule,
            Coded(raw.index[rows], raw.categories) if isinstance(raw, Coded) else (None if raw is None else raw[rows]),
        )
        if isinstance(answer, Column) and not answer.exact:
            self._keep_wide(rule, answer, self._far(answer))
        return answer

    # --- rules ------------------------------------------------------------------------------------

    def _computed(self, rule: Rule) -> Answer:
        frame = Frame(self.size(rule.level))
        try:
            arguments, absent = self._arguments(rule, frame)
            if none_known(absent):
                return without_numbers(absent)
            with np.errstate(all="ignore"):  # of rows that are absent, or whose bound says so
                answer = vector(rule.function(**arguments), frame)
            if answer.frame is not frame:
                raise NotInColumns("children as a result")
            return self._settled(rule, answer, frame, absent)
        except LEFT:
            return self._by_records(rule)

    def _arguments(self, rule: Rule, frame: Frame) -> tuple[dict[str, Answer], State]:
        """What the rule gets. Where a required one is absent the result is, so that inside all count as known."""
        values, absent = {}, KNOWN
        below: dict[str, Below] = {}
        result: State = absent
        for argument in rule.arguments:
            needed = self.edition.get(argument.name)
            if needed is not None and self.guideline.is_above(rule.level, needed.level):
                if needed.level not in below:
                    below[needed.level] = Below(frame, self.span(needed.level, rule.level))
                values[argument.name] = self.column(argument.name).bound_to(below[needed.level])
                continue
            value = self.seen(argument.name, rule.level)
            result = result if argument.optional else joined(result, value.state)
            values[argument.name] = value.bound_to(frame, None if argument.optional else KNOWN)
        return values, result

    def _settled(self, rule: Rule, answer: Answer, frame: Frame, absent: State) -> Answer:
        """Errors and absent arguments brought in, rounded by law, doubtful rows decided by records."""
        state = answer.state if nowhere(frame.fault) else chosen_state(frame.fault, NOT_DETERMINABLE, answer.state)
        state = joined_over(absent, state)
        doubt = frame.doubt
        if isinstance(answer, Column) and rule.decimals is not None and not none_known(state):
            answer, undecided = rounded(answer, rule.decimals, rule.rounding)
            right = both(undecided, is_known(state))
            doubt = either(doubt, right)
        answer = replace(answer, frame=None, state=state)
        if nowhere(doubt):
            return answer
        doubtful = np.flatnonzero(np.broadcast_to(np.asarray(both(doubt, is_known(absent))), frame.size))
        return self._decided(rule, answer, doubtful)

    def _decided(self, rule: Rule, answer: Answer, doubtful: Array) -> Answer:
        """Some rows by records."""
        if not len(doubtful):
            return answer
        values = self._exactly(rule, doubtful)
        states = np.array([code_of(v.state) for v in values], dtype=np.int8)
        size = self.size(rule.level)
        state = _spread(answer.state, size, np.int8)
        state[doubtful] = states
        answer = replace(answer, state=KNOWN if not state.any() else state)
        exact = [(int(row), v) for row, v in zip(doubtful, values, strict=True) if v.state == KNOWN_STATE]
        if isinstance(answer, Condition):
            mask = _spread(answer.mask, size, bool)
            for row, value in exact:
                mask[row] = value.number
            return replace(answer, mask=mask)
        if isinstance(answer, Codes):
            return _with_codes(answer, exact, size)
        return self._with_numbers(rule, answer, exact)

    def _with_numbers(self, rule: Rule, column: Column, exact: list[tuple[int, Value]]) -> Column:
        m = _spread(column.m, self.size(rule.level), np.float64)
        places = column.places if rule.decimals is None else rule.decimals
        wide = self.wide.setdefault(rule.name, {})
        low, high, rel, off = column.low, column.high, column.rel, column.off
        for row, value in exact:
            number = Decimal(str(value.number)).scaleb(places, rounding.EXACT)
            m[row] = float(number)
            low, high = min(low, m[row]), max(high, m[row])
            if abs(number) > WHOLE:
                wide[row] = Decimal(str(value.number))
        if rule.decimals is None or max(-low, high) > WHOLE:
            rel, off = max(rel, U * SAFE), max(off, TINY)  # a number below what binary holds is nil there
        return replace(column, m=m, places=places, low=low, high=high, rel=rel, off=off)

    def _by_records(self, rule: Rule) -> Answer:
        """A rule that columns cannot compute: every row by records."""
        values = self._exactly(rule, np.arange(self.size(rule.level)))
        self.columns.left_to_records.add(rule.name)
        state = np.array([code_of(v.state) for v in values], dtype=np.int8)
        numbers_of_rows = [v.number for v in values]
        first = next((n for n in numbers_of_rows if n is not None), None)
        if first is None:
            return without_numbers(state if len(state) else BLANK)
        if isinstance(first, bool):
            return Condition(None, np.array([bool(n) for n in numbers_of_rows]), state)
        exact = [(row, v) for row, v in enumerate(values) if v.state == KNOWN_STATE]
        if isinstance(first, str):
            return _with_codes(Codes(None, 0, (first,), state), exact, len(values))
        start = float(Decimal(first).scaleb(rule.decimals or 0))
        return self._with_numbers(rule, Column(None, start, rule.decimals or 0, start, start, 0.0, 0.0, state), exact)

    # --- rows by records --------------------------------------------------------------------------

    def _exactly(self, rule: Rule, rows: Array) -> list[Value]:
        if 8 * len(rows) > self.size(rule.level) > SMALL and self.size(self.guideline.top) > 1:
            raise TooMany
        self.columns.recomputed += len(rows)
        first = self.begins[rule.level]
        return [self.forest.row(rule.level, first + int(row)).value(rule.name) for row in rows]

    def _exact_already(self, name: str, level: str, row: int) -> Value | None:
        """A value that these columns hold exactly, for a record that asks for it."""
        answer, rule = self.memo.get(name), self.edition.get(name)
        if answer is None or rule is None or rule.level != level:
            return None
        place = row - self.begins[level]
        state = answer.state if isinstance(answer.state, int) else int(answer.state[place])
        if state != KNOWN:
            return Value(name, None, ORDER[state], rule=rule)
        if not isinstance(answer, Column) or not answer.exact or rule.decimals not in (None, answer.places):
            return None
        units = int(answer.m[place] if isinstance(answer.m, np.ndarray) else answer.m)
        return Value(name, Decimal(units).scaleb(-answer.places), rule=rule)

    def _far(self, column: Column) -> Array:
        m = _spread(column.m, len(column.m), np.float64)
        return np.flatnonzero((np.abs(m) >= WHOLE / 2) & np.asarray(is_known(column.state)))

    def _keep_wide(self, rule: Rule, column: Column, rows: Array) -> None:
        if rule.decimals is not None:
            numbers_of_rows = {int(row): v.number for row, v in zip(rows, self._exactly(rule, rows), strict=True)}
            self.wide[rule.name] = {row: n for row, n in numbers_of_rows.items() if isinstance(n, Decimal)}

    # --- parameters -------------------------------------------------------------------------------

    def _parameter(self, name: str, level: str) -> Column:
        table = self.columns.parameters.get(name)
        if table is None:
            if name not in self.guideline.rules:
                raise GuidelineFault(f"{self.guideline.name} has no {name!r}")
            return without_numbers(EXCLUDED)
        keys = {key: self._key(key, level) for key in table.keys}
        dated = "month" in self.guideline.line(level)
        months = self.columns.level_key("month", slice(0, 0)).categories if dated else ()
        lookup = self.columns.lookup(table, months, keys)
        axes = [lambda: self._level_codes("month", level).index, *(lambda k=k: k.index for k in keys.values())]
        return with_keys(lookup.at(axes), list(keys.values()))

    def _key(self, key: str, level: str) -> Codes:
        """A key's code on these rows: a choice, or the key of a level."""
        if key not in self.edition:
            return self._level_codes(key, level)
        codes = self.seen(key, level)
        if isinstance(codes, Codes):
            return codes
        if isinstance(codes.state, int) and codes.state != KNOWN:
            return Codes(None, 0, ("",), codes.state)
        raise NotInColumns("a key that is no code")

    def _level_codes(self, key: str, level: str) -> Codes:
        """The key of the record of that level which holds each of these rows."""
        if key not in self.guideline.line(level):
            return Codes(None, 0, ("",), BLANK)
        if (key, level) not in self._held:
            codes, span = self.columns.level_key(key, self.rows(key)), self.span(level, key)
            self._held[key, level] = codes if span.identity else codes.take(span.index)
        return self._held[key, level]


def joined_over(absent: State, state: State) -> State:
    """`absent` where it is, else `state`: a rule with an absent argument is not asked."""
    if all_known(absent):
        return state
    if isinstance(absent, int):
        return absent
    return chosen_state(absent == KNOWN, state, absent)


def _spread(values: Any, size: int, kind: Any) -> Array:
    """A copy with one value a row."""
    return np.array(np.broadcast_to(np.asarray(values, dtype=kind), size))


def _with_codes(codes: Codes, exact: list[tuple[int, Value]], size: int) -> Codes:
    index = _spread(codes.index, size, np.intp)
    categories = list(codes.categories)
    for row, value in exact:
        word = str(value.number)
        if word not in categories:
            categories.append(word)
        index[row] = categories.index(word)
    return replace(codes, index=index, categories=tuple(categories))


__all__ = ["Argument", "Chunk"]
