"""What a year's allocation starts from: the verified results of each unit, and what lies on the enterprise."""

from tanzhi.rulebook.accounting.power.base import power as accounting
from tanzhi.rulebook.accounting.power.unit_class import CLASSES
from tanzhi.rulebook.kernel import Text

from .base import PLAN_2019, PLAN_2021, PLAN_2023, PLAN_2025, power_allocation

FORM, RUN = "year", "run"
"""What the plant states, and what the run itself brings."""


@power_allocation.choice(
    level="unit",
    label=Text("机组类别", "Unit class"),
    form=FORM,
    law=PLAN_2023,
    options={code: CLASSES[code] for code in ("I", "II", "III", "IV")},
)
def unit_class():
    """Class of the unit (机组类别): of the verified report, else of the register; what is stated beside is compared."""


@power_allocation.choice(
    level="unit",
    label=Text("冷却方式", "Cooling"),
    form=FORM,
    until=2022,
    options=accounting.rules["cooling"][0].options,
    law=PLAN_2021,
)
def cooling():
    """How a coal unit is cooled (冷却方式); corrects allowances to 2022."""


@power_allocation.choice(
    level="unit",
    label=Text("供热方式", "Heat supply"),
    form=FORM,
    until=2020,
    options=accounting.rules["heat_supply"][0].options,
    law=PLAN_2019,
)
def heat_supply():
    """Condensing or cogeneration (纯凝或热电联产); decides the load factor of 2019 and 2020."""


@power_allocation.input(
    "MWh", level="unit", decimals=3, label=Text("供电量", "Power supplied"), form=FORM, minimum="0", until=2022
)
def unit_power_supplied():
    """Verified power supplied of the year (供电量), MWh; what allowances to 2022 are counted by."""


@power_allocation.input(
    "MWh", level="unit", decimals=3, label=Text("发电量", "Generation"), form=FORM, minimum="0", since=2023
)
def unit_generation():
    """Verified generation of the year (发电量), MWh; what allowances from 2023 on are counted by."""


@power_allocation.input("GJ", level="unit", decimals=2, label=Text("供热量", "Heat supplied"), form=FORM, minimum="0")
def unit_heat():
    """Verified heat supplied of the year (供热量), GJ; blank where the unit gives none."""


@power_allocation.input(
    "1", level="unit", decimals=4, label=Text("供热比", "Heat ratio"), form=FORM, minimum="0", maximum="1", until=2022
)
def heat_ratio():
    """Verified heat ratio a (供热比), a fraction; blank where the unit gives no heat."""


@power_allocation.input(
    "%", level="unit", decimals=2, label=Text("负荷（出力）系数", "Load coefficient"), form=FORM, minimum="0"
)
def load_coefficient():
    """Verified load coefficient F of the year (负荷（出力）系数), %; its two decimals decide at 65 and 50 %."""


@power_allocation.input(
    "tCO2",
    level="unit",
    decimals=0,
    label=Text("应清缴口径排放量", "Emission that counts for surrender"),
    form=FORM,
    minimum="0",
    required=True,
    law=PLAN_2023,
)
def unit_obligation_emission():
    """Verified emission that counts for surrender (应清缴口径排放量), whole tCO2."""


@power_allocation.input(
    "tCO2",
    level="unit",
    decimals=0,
    since=2021,
    label=Text("预分配依据排放量", "Emission for pre-allocation"),
    form=FORM,
    minimum="0",
)
def base_emission():
    """Emission by which is pre-allocated (预分配依据排放量), tCO2: of 2021 for 2021 and 2022, then of last year."""


@power_allocation.input(
    "MWh", level="unit", decimals=3, until=2020, label=Text("2018年供电量", "Power supplied in 2018"), form=FORM
)
def base_power():
    """Power supplied in 2018 (2018年度供电量), MWh; what 2019 and 2020 were pre-allocated by."""


@power_allocation.input(
    "GJ", level="unit", decimals=2, until=2020, label=Text("2018年供热量", "Heat supplied in 2018"), form=FORM
)
def base_heat():
    """Heat supplied in 2018 (2018年度供热量), GJ; what 2019 and 2020 were pre-allocated by."""


@power_allocation.input(
    "%",
    level="enterprise",
    decimals=2,
    since=2025,
    label=Text("省级调低的预分配比例", "Pre-allocation share as lowered by the province"),
    form=RUN,
    minimum="0",
    maximum="100",
    law=PLAN_2025,
)
def lowered_share():
    """Share that the province set for the plant (省级调低的预分配比例), %, by risk or production; blank: the plan's."""


@power_allocation.input(
    "tCO2", level="enterprise", decimals=0, label=Text("预分配前核减量", "Deduction before pre-allocation"), form=RUN
)
def deduction_before():
    """What is taken off before pre-allocation (配额核减量): arrears, amounts borrowed, findings; tCO2."""


@power_allocation.input(
    "tCO2", level="enterprise", decimals=0, label=Text("核定发放前核减量", "Deduction before final issue"), form=RUN
)
def deduction_final():
    """What is taken off before the final issue (配额核减量), with the rest of earlier deductions; tCO2."""


@power_allocation.input(
    "tCO2", level="enterprise", decimals=0, label=Text("已预分配量", "Pre-allocated already"), form=RUN, minimum="0"
)
def pre_allocated():
    """What the enterprise was pre-allocated for the year (已预分配配额量), tCO2; blank where nothing was."""
