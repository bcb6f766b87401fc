"""Units that a plan treats apart (特殊情形): excluded from allocation to 2024, from 2025 given what they emitted."""

from tanzhi.rulebook.accounting.power.unit_class import SPECIAL_KINDS
from tanzhi.rulebook.kernel import Text, chosen, given, total, where

from .base import PLAN_2019, PLAN_2021, PLAN_2023, PLAN_2025, TREATMENTS, power_allocation

FORM, REGISTER = "year", "register"
YES_NO = {"yes": Text("是", "Yes"), "no": Text("否", "No")}
ALWAYS = ("pure_biomass", "special_fuel", "own_gas", "converted_boiler", "oil_igcc_engine", "heat_only")
"""Kinds outside allocation in every plan to 2024."""
CASES = {
    "none": Text("无", "None"),
    "kind": Text("特殊机组（见登记）", "Special kind, by the register"),
    "biomass": Text("生物质热量占比超限", "Share of biomass"),
    "secondary": Text("自产二次能源热量占比超限", "Share of own secondary energy"),
    "joint": Text("生物质与二次能源合计占比超限", "Biomass and secondary energy together"),
    "green": Text("绿氢、绿氨热量占比超限", "Share of green hydrogen or ammonia"),
    "began": Text("当年新投产", "Began that year"),
    "closed": Text("核定前关停", "Closed before the final allocation"),
    "small": Text("企业当年排放量 2.6 万吨以下", "Enterprise below 26 000 t"),
}
CASE = Text("特殊情形", "Special case")
TREATMENT = Text("核定方式", "Treatment")


@power_allocation.choice(
    level="unit",
    label=Text("特殊机组情形", "Special kind of unit"),
    form=REGISTER,
    options=SPECIAL_KINDS,
    law=PLAN_2023,
)
def special_kind():
    """Kind of a unit as registered (特殊机组情形); blank is none."""


@power_allocation.choice(
    level="unit", label=Text("当年新投产", "Began that year"), form=REGISTER, options=YES_NO, since=2021, law=PLAN_2021
)
def began_in_year():
    """Whether the unit began to run in the allowance year (当年新投产), by the register."""


@power_allocation.choice(
    level="unit",
    label=Text("核定前关停", "Closed before the final allocation"),
    form=REGISTER,
    options=YES_NO,
    since=2023,
    law=PLAN_2023,
)
def closed_before_allocation():
    """Whether the unit was closed before the year's final allocation (核定前关停), by the register."""


@power_allocation.input(
    "%",
    level="unit",
    decimals=2,
    label=Text("生物质热量占比", "Biomass share of heat"),
    form=FORM,
    minimum="0",
    maximum="100",
    law=PLAN_2023,
)
def biomass_share():
    """Biomass, waste and sludge among the year's heat (生物质掺烧热量占比), %, as verified; blank is none."""


@power_allocation.input(
    "%",
    level="unit",
    decimals=2,
    label=Text("自产二次能源热量占比", "Share of own secondary energy"),
    form=FORM,
    minimum="0",
    maximum="100",
    law=PLAN_2023,
)
def secondary_share():
    """Self-produced secondary energy among the year's heat (自产二次能源热量占比), %; blank is none."""


@power_allocation.input(
    "%",
    level="unit",
    decimals=2,
    label=Text("绿氢、绿氨热量占比", "Share of green hydrogen or ammonia"),
    form=FORM,
    minimum="0",
    maximum="100",
    since=2025,
    law=PLAN_2025,
)
def green_share():
    """Green hydrogen, ammonia and the like among the year's heat (绿氢、绿氨热量占比), %; blank is none."""


@power_allocation.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    since=2025,
    label=Text("企业当年核查排放量", "The enterprise's emission of the year"),
    law=PLAN_2025,
    confidence="DB",
)
def verified_total(unit_obligation_emission):
    """All units' verified emission (经核查当年度排放量), tCO2: what is held against the threshold of 26 000 t."""
    return total(unit_obligation_emission)


@power_allocation.choice(
    level="unit", label=Text("占比情形", "Case by shares"), options=CASES, until=2024, law=PLAN_2023
)
def share_case(biomass_limit, secondary_limit, biomass_share=None, secondary_share=None):
    """Whether biomass or own secondary energy puts a unit outside allocation (掺烧占比), in every plan to 2024."""
    secondary = where(given(secondary_share, 0) > secondary_limit, "secondary", "none")
    return where(given(biomass_share, 0) > biomass_limit, "biomass", secondary)


@power_allocation.choice(
    level="unit", label=CASE, options=CASES, until=2020, law=f"{PLAN_2019}，附件", confidence="M-low"
)
def special_case(share_case, special_kind=None):
    """Why a unit is outside allocation in 2019 and 2020 (暂不纳入的机组): by kind, biomass, own secondary energy."""
    return where(chosen(special_kind, *ALWAYS), "kind", share_case)


@power_allocation.choice(
    level="unit", label=CASE, options=CASES, until=2022, law=f"{PLAN_2021}，二、附件", confidence="M-med"
)
def special_case_since_2021(share_case, special_kind=None, began_in_year=None):
    """Why a unit is outside allocation in 2021 and 2022: as before, and a unit that began that year (新投产)."""
    return where(chosen(began_in_year, "yes"), "began", where(chosen(special_kind, *ALWAYS), "kind", share_case))


@power_allocation.choice(level="unit", label=CASE, options=CASES, until=2024, law=f"{PLAN_2023}，二、附1表2")
def special_case_since_2023(share_case, special_kind=None, began_in_year=None, closed_before_allocation=None):
    """Why a unit is outside allocation in 2023 and 2024: as before, and one closed before the final allocation."""
    kinds = where(chosen(special_kind, *ALWAYS), "kind", share_case)
    return where(chosen(began_in_year, "yes"), "began", where(chosen(closed_before_allocation, "yes"), "closed", kinds))


@power_allocation.choice(
    level="unit",
    label=CASE,
    options=CASES,
    law=f"{PLAN_2025}，三（三）；征求意见稿（2026-07-27），终稿未见",
    confidence="M-low",
)
def special_case_since_2025(
    biomass_limit,
    secondary_limit,
    joint_limit,
    green_limit,
    small_emitter,
    verified_total=None,
    special_kind=None,
    biomass_share=None,
    secondary_share=None,
    green_share=None,
    began_in_year=None,
    closed_before_allocation=None,
):
    """Why a unit gets what it emitted in 2025 and 2026; 26 000 t "以下" is read as below them [M-low]."""
    biomass, secondary = given(biomass_share, 0), given(secondary_share, 0)
    green = where(given(green_share, 0) > green_limit, "green", "none")
    joint = where(biomass + secondary > joint_limit, "joint", green)
    shares = where(biomass > biomass_limit, "biomass", where(secondary > secondary_limit, "secondary", joint))
    kinds = where(chosen(special_kind, *SPECIAL_KINDS), "kind", shares)
    small = where(given(verified_total, small_emitter) < small_emitter, "small", kinds)
    gone = where(chosen(closed_before_allocation, "yes"), "closed", small)
    return where(chosen(began_in_year, "yes"), "began", gone)


@power_allocation.choice(level="unit", label=TREATMENT, options=TREATMENTS, until=2024, law=PLAN_2023)
def treatment(special_case):
    """By benchmark, or outside allocation (核定方式): to 2024 a special unit gets nothing and owes nothing."""
    return where(chosen(special_case, "none"), "benchmark", "excluded")


@power_allocation.choice(level="unit", label=TREATMENT, options=TREATMENTS, law=PLAN_2025, confidence="M-low")
def treatment_since_2025(special_case, special_kind=None):
    """By benchmark or as emitted (核定方式): a special unit gets what it emitted, one of heat alone nothing."""
    special = where(chosen(special_case, "none"), "benchmark", "as_emitted")
    return where(chosen(special_kind, "heat_only"), "excluded", special)


@power_allocation.quantity(
    "tCO2",
    level="unit",
    decimals=0,
    label=Text("纳入配额管理的排放量", "Emission within allocation"),
    law=PLAN_2023,
)
def covered_emission(unit_obligation_emission, treatment):
    """The unit's verified emission, nil if it is outside allocation (纳入配额管理的排放量), tCO2."""
    return where(chosen(treatment, "excluded"), 0, unit_obligation_emission)
