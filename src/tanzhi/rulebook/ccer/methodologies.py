"""The catalogue of methodologies (方法学目录): code with its version, when it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

from .afforestation import afforestation
from .solar_thermal import solar_thermal

CALCULATORS = {"afforestation": afforestation, "solar_thermal": solar_thermal}


@dataclass(frozen=True, slots=True)
class Methodology:
    """A published edition; a project keeps the one it was designed by (版本锁定)."""

    code: str
    name: Text
    sector: str
    published: date
    notice: str
    calculator: str = ""
    note: str = ""

    @property
    def guideline(self) -> Guideline | None:
        """Who computes it here; None where only its case is kept."""
        return CALCULATORS.get(self.calculator)


@cache
def methodologies() -> dict[str, Methodology]:
    """Every edition by its code."""
    rows = read_yaml(Path(__file__).with_suffix(".yaml"))
    return {row["code"]: Methodology(name=Text(row.pop("zh"), row.pop("en")), **row) for row in rows}


def published_by(on: date) -> dict[str, Methodology]:
    """The editions that a design of that day may use."""
    return {code: methodology for code, methodology in methodologies().items() if methodology.published <= on}
