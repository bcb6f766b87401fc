"""What all chunks of a population stand on: its tables, the edition of its year, parameters looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..entries import Parameter
from ..guideline import Guideline
from ..parameters import Parameters
from ..records import Assessment
from .answers import Codes
from .frames import Array
from .lookup import Lookup, period_of
from .tables import Coded, Table, Tables


class Population:
    """A whole population; `recomputed` and `left_to_records` tell what columns could not decide alone."""

    def __init__(
        self,
        guideline: Guideline,
        year: int,
        tables: Tables | Mapping[str, Table],
        owner: Mapping[str, Array] | None,
        parameters: Parameters | None,
    ) -> None:
        self.guideline, self.year = guideline, year
        self.tables = tables if isinstance(tables, Tables) else Tables(guideline, tables, owner)
        self.parameters = guideline.parameters if parameters is None else parameters
        self.assessment = Assessment(guideline, year, self.parameters)
        self.edition = self.assessment.edition
        self.recomputed = 0
        self.left_to_records: set[str] = set()
        self._lookups: dict[tuple[Any, ...], Lookup] = {}
        self._keys: dict[str, Coded] = {}

    def level_key(self, level: str, rows: slice) -> Codes:
        """The keys of a level's records, as records name them."""
        if level not in self._keys:
            self._keys[level] = self._level_key(level)
        codes = self._keys[level]
        return Codes(None, codes.index[rows].astype(np.intp), codes.categories)

    def _level_key(self, level: str) -> Coded:
        raw = self.tables.tables[level].get(level)
        if isinstance(raw, Coded) and raw.index.min(initial=0) >= 0 and all(c.strip() for c in raw.categories):
            return Coded(raw.index, raw.categories or ("",))
        keys = list(self.tables.keys(level))
        categories = tuple(dict.fromkeys(keys)) or ("",)
        place = {key: i for i, key in enumerate(categories)}
        return Coded(np.array([place[key] for key in keys], dtype=np.int32), categories)

    def lookup(self, table: Parameter, months: tuple[str, ...], keys: dict[str, Codes]) -> Lookup:
        place = (table.name, months, *(key.categories for key in keys.values()))
        if place not in self._lookups:
            periods = tuple(period_of(month, self.year) for month in months or ("",))
            self._lookups[place] = Lookup(table, periods, {name: key.categories for name, key in keys.items()})
        return self._lookups[place]
