"""CO2 of fuel, reductants, carbonates and oxalic acid, purchased energy."""

from tanzhi.rulebook.accounting.ndrc import (
    add_combustion,
    add_electricity_emission,
    add_heat_emission,
    add_month_combustion,
    add_month_energy,
)
from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from .base import NDRC, OXALIC_ACID, REDUCTANTS, other_non_ferrous

add_combustion(other_non_ferrous, NDRC, heat="M-low")
add_month_combustion(other_non_ferrous, NDRC)
add_electricity_emission(other_non_ferrous, NDRC)
add_heat_emission(other_non_ferrous, NDRC)
add_month_energy(other_non_ferrous, NDRC)


@other_non_ferrous.quantity("1", level="material", label=Text("采用的浓度", "Purity used"), law=NDRC, confidence="A")
def applied_purity(material, oxalic_purity_default, purity=None):
    """Of oxalic acid what was stated, else 99.6 %; every other material counts whole (采用的浓度), a fraction."""
    return where(chosen(material, OXALIC_ACID), given(purity, oxalic_purity_default) / 100, 1)


@other_non_ferrous.quantity(
    "tCO2",
    level="material",
    decimals=2,
    label=Text("还原剂与过程原料排放量", "Emission of reductant or material"),
    law=NDRC,
    confidence="M-high",
)
def material_emission(material_quantity, material_factor, applied_purity):
    """Quantity × factor, of oxalic acid × purity (能源作为原材料用途、碳酸盐与草酸分解的排放), tCO2."""
    return material_quantity * material_factor * applied_purity


@other_non_ferrous.quantity("tCO2", level="material", label=Text("还原剂排放量", "Emission of a reductant"), law=NDRC)
def reductant_emission(material, material_emission):
    """Of energy used as raw material, else blank (能源作为原材料用途的排放), tCO2."""
    return where(chosen(material, *REDUCTANTS), material_emission, None)


@other_non_ferrous.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月还原剂排放量", "Reductants of the month"), law=NDRC
)
def month_reductant_emission(reductant_emission):
    """All reductants of the month (当月能源作为原材料用途的排放量), tCO2; nil where none was used."""
    return given(total(reductant_emission), 0)


@other_non_ferrous.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月过程排放量", "Process emission of the month"), law=NDRC
)
def month_process_emission(material_emission, month_reductant_emission):
    """Carbonates and oxalic acid of the month (当月过程排放量), tCO2: all materials less the reductants."""
    return given(total(material_emission), 0) - month_reductant_emission
