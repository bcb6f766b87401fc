"""Parameter tables by name, with what an administrator entered laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .entries import Parameter, ParameterFault
from .parameter_files import read_entered, read_folder


@dataclass(frozen=True, slots=True)
class Parameters:
    """Tables by name."""

    tables: Mapping[str, Parameter] = field(default_factory=dict)

    @classmethod
    def load(cls, *folders: Path) -> Parameters:
        """All YAML files below the folders; a folder that is not there holds none."""
        tables: dict[str, Parameter] = {}
        for table in (table for folder in folders for table in read_folder(folder)):
            if table.name in tables:
                first = tables[table.name]
                raise ParameterFault(
                    f"{table.name!r} stands already in {first.file}:{first.line}", table.file, table.line
                )
            tables[table.name] = table
        return cls(tables)

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.tables.values())

    def get(self, name: str) -> Parameter | None:
        return self.tables.get(name)

    def with_entries(self, entries: Iterable[Mapping[str, Any]]) -> Parameters:
        """These tables, overlaid by values that an administrator entered.

        An entry: parameter, value (decimal string), since, [until], keys {name: code}, source, entered_by, entered_at,
        [note], [supersedes]: on its days it then stands in the place of what was entered before.
        """
        tables = dict(self.tables)
        for number, raw in enumerate(entries, 1):
            table = tables.get(str(raw.get("parameter", "")))
            if table is None:
                raise ParameterFault(f"there is no parameter {raw.get('parameter')!r}", "entered", number)
            entry = read_entered(raw, table, number)
            earlier = [p for e in table.entered for p in (e.outside(entry) if e.overlaps(entry) else (e,))]
            tables[table.name] = replace(table, entered=(*earlier, entry))
        return Parameters(tables)
