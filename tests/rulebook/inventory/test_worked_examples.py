"""The sheet's worked examples in both evaluators, the dimensional proof, and what a wrong value is told."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.rulebook.inventory.agriculture import agriculture
from tanzhi.rulebook.inventory.energy import energy
from tanzhi.rulebook.inventory.land import land
from tanzhi.rulebook.inventory.processes import processes
from tanzhi.rulebook.inventory.summary import inventory
from tanzhi.rulebook.inventory.waste import waste
from tanzhi.rulebook.kernel import Guideline, Node, check, evaluate
from tests.rulebook.columns.comparing import differences
from tests.rulebook.dimensions import prove_dimensions

GUIDELINES = {one.name: one for one in (energy, processes, agriculture, land, waste, inventory)}
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "inventory.yaml").read_text("utf-8"))
BY_YEAR: dict[tuple[str, int], list[Any]] = defaultdict(list)
for told in CASES:
    BY_YEAR[told["guideline"], told["year"]].append(told["record"])


def at(top: Node, path: str) -> Node:
    return next(node for node in top.walk() if node.path == path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_example(case: dict[str, Any]) -> None:
    top = evaluate(GUIDELINES[case["guideline"]], case["year"], case["record"])
    for path, wanted in case.get("expected", {}).items():
        found = {name: at(top, path).value(name).number for name in wanted}
        assert found == {name: None if value is None else Decimal(value) for name, value in wanted.items()}
    for path, wanted in case.get("near", {}).items():
        found = {n: at(top, path).value(n).number.quantize(Decimal(v), ROUND_HALF_UP) for n, v in wanted.items()}
        assert found == {name: Decimal(value) for name, value in wanted.items()}


@pytest.mark.parametrize(("name", "year"), BY_YEAR)
def test_every_value_of_the_years_examples_is_the_same_in_columns(name: str, year: int) -> None:
    assert differences(GUIDELINES[name], year, BY_YEAR[name, year]) == []


@pytest.mark.parametrize("guideline", GUIDELINES.values(), ids=lambda guideline: guideline.name)
def test_every_formula_yields_the_unit_it_declares(guideline: Guideline) -> None:
    assert prove_dimensions(guideline) == []


BASE = {"farming_region": "northwest", "cropland_region": "I", "count_basis": "stock", "region": "620000"}
MINES = {"mines": [{"mine": "state_key", "coal_mined": "1000"}]}
WRONG = [
    (energy, {"sectors": [{"sector": "road", "fuels": [{"fuel": "diesel", "fuel_burnt": "1", "local_oxidation_rate": "98"}]}]}, "INV-06"),
    (energy, MINES | {"utilised_methane": "9000", "volume_state": "20"}, "INV-07"),
    (energy, {"facilities": [{"facility": "gas_wellhead", "facility_count": "1"}], "oil_gas_recovered": "3"}, "INV-07-OIL"),
    (energy, {"region": "620000", "transfers": [{"transfer": "x", "direction": "export", "exporting_area": "610000", "electricity": "1"}]}, "INV-15"),
    (energy, MINES | {"utilised_methane": "10"}, "INV-19"),
    (processes, {"clinker_output": "10", "slag_clinker_output": "11"}, "INV-03"),
    (agriculture, BASE | {"crops": [{"crop": "wheat", "crop_yield": "1", "straw_return_rate": "30"}]}, "INV-04"),
    (agriculture, BASE | {"farming_region": "east"}, "INV-15"),
    (agriculture, BASE | {"cropland_region": "V"}, "INV-15-CROPLAND"),
    (agriculture, BASE | {"count_basis": "slaughter"}, "INV-18"),
    (land, {"stands": [{"stand": "arbor", "stock_volume": "1", "growth_rate": "5.6", "consumption_rate": "0.02"}]}, "INV-04"),
    (waste, {"fractions": [{"fraction": "food", "fraction_share": "50"}]}, "INV-04"),
    (waste, {"fractions": [{"fraction": "food", "fraction_share": "0.5"}]}, "INV-05"),
    (waste, {"fractions": [{"fraction": "food", "fraction_share": "1"}], "sites": [{"site": "deep", "waste_landfilled": "10", "landfill_recovered": "9"}]}, "INV-07"),
    (waste, {"measured_bod": "10", "domestic_recovered": "9"}, "INV-07-DOMESTIC"),
    (waste, {"industries": [{"industry": "paper", "industry_cod": "10", "industry_recovered": "9"}]}, "INV-07-INDUSTRY"),
    (inventory, {"gwp_set": "SAR", "gases": [{"gas": "CO2", "categories": [{"category": "IP.1", "sector": "processes", "mass": "-1"}]}]}, "INV-03"),
]  # fmt: skip


@pytest.mark.parametrize(("guideline", "record", "code"), WRONG, ids=[f"{g.name} {code}" for g, _, code in WRONG])
def test_a_wrong_value_is_told_by_its_code_in_both_languages(guideline: Guideline, record: Any, code: str) -> None:
    found = {f.code: f for f in check(evaluate(guideline, 2022, record))}
    assert code in found
    assert found[code].severity == "error"
    assert found[code].message.zh != found[code].message.en


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_no_worked_example_is_refused(case: dict[str, Any]) -> None:
    asked = evaluate(GUIDELINES[case["guideline"]], case["year"], {"region": "620000", **case["record"]})
    assert [(f.code, f.found) for f in check(asked)] == []
