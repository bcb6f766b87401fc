"""Findings 1.14 (soil, shrubs and bamboo, least area) by their kind: every vegetation, age, period and beginning."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.law.missing import missing_parameters
from tanzhi.rulebook.ccer.afforestation import SPECIES, VEGETATION, afforestation
from tanzhi.rulebook.kernel.checks import check
from tanzhi.rulebook.kernel.evaluation import evaluate

TABLES = Path(__file__).parents[1] / "tables" / "ccer_afforestation.yaml"
YEAR, AREA = 2026, Decimal(300)
NEEDED = {
    "trees": {"species": "larch", "volume_at_start": "10", "volume_at_end": "30"},
    "shrubs": {"cover_at_start": "20", "cover_at_end": "60", "forest_biomass": "50"},
    "bamboo": {"bamboo_at_start": "5", "bamboo_at_end": "9"},
}
"""What the stock of each kind of vegetation is computed from."""
CREDITED = 20  # years since planting (CDM tool for soil organic carbon)


def transcribed(parameter: str) -> dict[str, Decimal]:
    """A table as it was transcribed the second time, by species; of one row under a blank."""
    tables = yaml.load(TABLES.read_text("utf-8"), _Loader)
    rows = next(table["rows"] for table in tables if table["parameter"] == parameter)
    return {key: Decimal(value) for key, value in rows.items()}


class _Loader(yaml.SafeLoader):
    """Rows are named by their only key."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {self._name(key): self.construct_object(value, deep=True) for key, value in node.value}

    def _name(self, key: yaml.Node) -> Any:
        name = self.construct_object(key, deep=True)
        return next(iter(name.values()), "") if isinstance(name, dict) else name


def stratum(kind: str, number: int = 1, **more: str) -> dict[str, str]:
    return {"stratum": str(number), "vegetation": kind, "area": str(AREA)} | NEEDED[kind] | more


def test_every_kind_of_vegetation_is_tried() -> None:
    assert NEEDED.keys() == VEGETATION.keys()


@pytest.mark.parametrize("kind", VEGETATION)
@pytest.mark.parametrize("length", [1, 2, 5, 7, 19, 20, 21, 40])
def test_soil_is_credited_for_the_years_within_twenty_since_planting_whenever_the_period_begins(
    kind: str, length: int
) -> None:
    """Every beginning from planting to the 45th year at once, a stratum each; the years are counted one by one."""
    starts = range(46)
    strata = [stratum(kind, start + 1, soil_gain="0.5", years_planted=str(start)) for start in starts]
    top = evaluate(afforestation, YEAR, {"years": str(length), "begun": "2012", "strata": strata})
    found = [value.number for value in top.values("soil_carbon")]
    years = [sum(1 for year in range(start, start + length) if year < CREDITED) for start in starts]
    assert found == [AREA * Decimal("0.5") * count for count in years]


@pytest.mark.parametrize("gain", ["0", "0.4", "0.79", "0.8", "0.81", "3"])
def test_a_soil_gains_no_more_in_a_year_than_the_tool_allows(gain: str) -> None:
    strata = [stratum(kind, number, soil_gain=gain, years_planted="0") for number, kind in enumerate(VEGETATION)]
    top = evaluate(afforestation, YEAR, {"years": "10", "strata": strata})
    assert {value.number for value in top.values("soil_carbon")} == {AREA * min(Decimal(gain), Decimal("0.8")) * 10}


@pytest.mark.parametrize("species", SPECIES)
def test_the_stock_of_every_species_is_volume_by_its_own_density_expansion_root_and_carbon(species: str) -> None:
    names = ("wood_density", "expansion_factor", "root_ratio", "carbon_fraction")
    density, expansion, root, carbon = (transcribed(name)[species] for name in names)
    record = {"years": "5", "strata": [stratum("trees", species=species)]}
    grown = AREA * 20 * density * expansion * (1 + root) * carbon * 44 / 12  # 10 to 30 m3/ha
    assert _close(evaluate(afforestation, YEAR, record).value("tree_change").number, grown)


def test_the_stock_of_shrubs_is_their_cover_of_the_areas_forest() -> None:
    ratio, root, carbon = (transcribed(f"shrub_{name}")[""] for name in ("ratio", "root_ratio", "carbon_fraction"))
    grown = AREA * Decimal("0.4") * 50 * ratio * (1 + root) * carbon * 44 / 12  # 20 to 60 % of cover
    top = evaluate(afforestation, YEAR, {"years": "5", "strata": [stratum("shrubs")]})
    assert _close(top.value("tree_change").number, grown)


def _close(found: Any, expected: Decimal) -> bool:
    digits = Decimal("0.000001")
    return Decimal(found).quantize(digits, ROUND_HALF_UP) == expected.quantize(digits, ROUND_HALF_UP)


def test_with_a_carbon_fraction_entered_bamboo_stocks_its_carbon_as_carbon_dioxide() -> None:
    """300 ha × 5 t/ha × 0.5 × 44/12 = 2750 t at the start; 300 × 9 × 0.5 × 44/12 = 4950 t at the end."""
    fraction = {"parameter": "bamboo_carbon_fraction", "value": "0.5", "since": str(YEAR), "source": "Notice 7"}
    entered = afforestation.parameters.with_entries([fraction | {"entered_by": "Li", "entered_at": "2026-02-01"}])
    top = evaluate(afforestation, YEAR, {"years": "5", "strata": [stratum("bamboo")]}, entered)
    [stock] = top.at("stratum")
    assert stock.value("stock_at_start").number == 2750
    assert stock.value("stock_at_end").number == 4950


@pytest.mark.parametrize("kind", VEGETATION)
def test_every_kind_of_vegetation_has_a_stock_or_says_which_parameter_it_lacks(kind: str) -> None:
    top = evaluate(afforestation, YEAR, {"years": "5", "strata": [stratum(kind)]})
    lacking = {str(finding.found).partition(" ")[0] for finding in missing_parameters(top)}
    known = top.value("tree_change").number is not None
    assert known is not bool(lacking)
    assert lacking <= {"bamboo_carbon_fraction"}


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, fields in NEEDED.items() for field in fields])
def test_whatever_the_stock_of_a_vegetation_needs_is_asked_for_and_without_it_there_is_none(
    kind: str, field: str
) -> None:
    told = {name: value for name, value in stratum(kind).items() if name != field}
    top = evaluate(afforestation, YEAR, {"years": "5", "strata": [told]})
    assert top.value("tree_change").number is None
    assert "CCR-35" in {finding.code for finding in check(top)}


@pytest.mark.parametrize("begun", [None, *range(2012, 2031)])
@pytest.mark.parametrize("kind", VEGETATION)
def test_a_plot_has_667_square_metres_if_the_project_began_by_2019_and_400_later(begun: int | None, kind: str) -> None:
    least = Decimal("0.0400") if begun is not None and begun > 2019 else Decimal("0.0667")
    project = {"years": "5"} | ({} if begun is None else {"begun": str(begun)})
    for area, refused in ((least - Decimal("0.0001"), True), (least, False)):
        record = project | {"strata": [stratum(kind, area=str(area))]}
        assert ("CCR-32" in {finding.code for finding in check(evaluate(afforestation, YEAR, record))}) is refused
