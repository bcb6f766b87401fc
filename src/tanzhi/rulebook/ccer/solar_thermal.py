"""Grid-connected solar thermal power (并网光热发电), CCER-01-001-V01: equations 1 to 6, conservative meters.

Before the project runs the readings are those of its design; afterwards they are the meters'. Ex ante and ex post
are the same equations.
"""

from tanzhi.rulebook.kernel import FLOOR, Guideline, Level, Text, chosen, given, total, where
from tanzhi.rulebook.kernel.guideline import PARAMETERS
from tanzhi.rulebook.kernel.parameters import Parameters

METHOD = "CCER-01-001-V01"
FORM = "period"
GRIDS = {
    "north": Text("华北", "North"),
    "northeast": Text("东北", "Northeast"),
    "east": Text("华东", "East"),
    "central": Text("华中", "Central"),
    "northwest": Text("西北", "Northwest"),
    "south": Text("南方", "South"),
}
DIRECTIONS = {"export": Text("上网", "Exported"), "import": Text("下网", "Imported")}
CALIBRATIONS = {
    "in_class": Text("按期检定合格", "In time and within its class"),
    "out_of_class": Text("按期检定超差", "In time, beyond its class"),
    "late": Text("未检定或逾期检定", "Not calibrated or late"),
}
CLASSES = {"0.2": Text("0.2 级", "0.2"), "0.5": Text("0.5 级", "0.5"), "1": Text("1 级", "1"), "2": Text("2 级", "2")}
FUELS = {
    "natural_gas": Text("天然气（万标准立方米）", "Natural gas (10⁴ Nm³)"),
    "diesel": Text("柴油（吨）", "Diesel (t)"),
}

solar_thermal = Guideline(
    "ccer_solar_thermal",
    title=Text("并网光热发电", "Grid-connected solar thermal power"),
    levels={
        "project": Level("projects", Text("项目", "Project")),
        "reading": Level("readings", Text("电量", "Electricity")),
        "fuel": Level("fuels", Text("辅助燃料", "Auxiliary fuel")),
    },
    under={"fuel": "project"},
    parameters=Parameters.load(PARAMETERS / "ccer_solar_thermal", PARAMETERS / "grid_margins"),
)


@solar_thermal.choice(level="project", label=Text("所在区域电网", "Grid"), form=FORM, options=GRIDS, required=True)
def grid():
    """The regional grid whose margins apply (区域电网)."""


@solar_thermal.text(level="reading", label=Text("电量编号", "Reading"), form=FORM, required=True)
def reading():
    """A meter and the months it was read for (表计与月份)."""


@solar_thermal.choice(level="reading", label=Text("方向", "Direction"), form=FORM, options=DIRECTIONS, required=True)
def direction():
    """Whether the electricity went to the grid or came from it (上网或下网)."""


@solar_thermal.input(
    "MWh", level="reading", decimals=4, label=Text("读数电量", "Electricity read"), form=FORM, minimum="0",
    required=True, evidence=Text("结算单", "Settlement note"),
)  # fmt: skip
def electricity_read():
    """Electricity as the meter shows it (读数电量), MWh; EG in equation 2 before its correction."""


@solar_thermal.choice(level="reading", label=Text("检定情况", "Calibration"), form=FORM, options=CALIBRATIONS)
def calibration():
    """How the meter was calibrated for this time (检定情况); blank counts as in time (a design's value)."""


@solar_thermal.choice(level="reading", label=Text("准确度等级", "Class of the meter"), form=FORM, options=CLASSES)
def meter_class():
    """Accuracy class, which names the permissible error (准确度等级)."""


@solar_thermal.input("%", level="reading", label=Text("实测基本误差", "Error measured"), form=FORM, maximum="10")
def measured_error():
    """Basic error found by a calibration that was in time (实测基本误差), %; its absolute value counts."""


@solar_thermal.choice(level="fuel", label=Text("燃料品种", "Fuel"), form=FORM, options=FUELS)
def fuel():
    """Auxiliary fuel (辅助燃料)."""


@solar_thermal.input(
    "1", level="fuel", decimals=4, label=Text("消耗量", "Consumption"), form=FORM, minimum="0", required=True
)
def fuel_consumption():
    """FC of equation 4 (燃料消耗量): gas in 10^4 Nm3, diesel in t."""


@solar_thermal.quantity("%", level="reading", label=Text("应扣误差", "Error that counts"), law=f"{METHOD}, 7.3.4")
def counted_error(calibration=None, measured_error=None, permissible_error=None):
    """Nil; the measured error if beyond its class; the permissible one if not calibrated or late (应扣误差), %."""
    absolute_error = where(given(measured_error, 0) < 0, -given(measured_error, 0), given(measured_error, 0))
    judged = where(
        chosen(calibration, "out_of_class"), absolute_error, where(chosen(calibration, "late"), permissible_error, 0)
    )
    return given(judged, 0)


@solar_thermal.quantity("MWh", level="reading", label=Text("采用电量", "Electricity used"), law=f"{METHOD}, 7.3.4")
def corrected_electricity(electricity_read, direction, counted_error):
    """Export × (1 − error), import × (1 + error): always to the project's disadvantage (保守修正电量), MWh."""
    percentage = where(chosen(direction, "export"), 100 - counted_error, 100 + counted_error)
    return electricity_read * percentage / 100


@solar_thermal.quantity("MWh", level="reading", label=Text("其中：上网", "Thereof exported"))
def exported(direction, corrected_electricity):
    """The electricity if it went to the grid, else nil (上网电量), MWh."""
    return where(chosen(direction, "export"), corrected_electricity, 0)


@solar_thermal.quantity("MWh", level="reading", label=Text("其中：下网", "Thereof imported"))
def imported(direction, corrected_electricity):
    """The electricity if it came from the grid, else nil (下网电量), MWh."""
    return where(chosen(direction, "import"), corrected_electricity, 0)


@solar_thermal.quantity("MWh", level="project", label=Text("净上网电量", "Net export"), law=f"{METHOD}, (2)")
def net_export(exported, imported):
    """EG_PJ = EG_export − EG_import (净上网电量), MWh."""
    return total(exported) - total(imported)


@solar_thermal.quantity(
    "tCO2/MWh", level="project", label=Text("组合边际因子", "Combined margin"), law=f"{METHOD}, (3)"
)
def combined_margin(operating_margin, build_margin, operating_weight):
    """EF_CM = EF_OM · w_OM + EF_BM · w_BM, a sum; the weights make one (组合边际排放因子), tCO2/MWh."""
    return operating_margin * operating_weight + build_margin * (1 - operating_weight)


@solar_thermal.quantity("tCO2", level="project", label=Text("基准线排放", "Baseline emission"), law=f"{METHOD}, (1)")
def baseline_emission(net_export, combined_margin):
    """BE = EG_PJ · EF_CM (基准线排放), tCO2."""
    return net_export * combined_margin


@solar_thermal.quantity(
    "tCO2", level="fuel", label=Text("单位燃料排放", "Emission of a unit of fuel"), law=f"{METHOD}, (5)", empirical=True
)
def fuel_coefficient(fuel_heat, fuel_carbon, fuel_oxidation):
    """COEF = NCV · CC · OF · 44/12 (单位燃料排放), tCO2 for 10^4 Nm3 or t."""
    return fuel_heat * fuel_carbon * fuel_oxidation * 44 / 12


@solar_thermal.quantity("tCO2", level="fuel", label=Text("燃料排放", "Emission of the fuel"), law=f"{METHOD}, (4)")
def fuel_emission(fuel_consumption, fuel_coefficient):
    """FC · COEF (辅助燃料排放), tCO2."""
    return fuel_consumption * fuel_coefficient


@solar_thermal.quantity("tCO2", level="project", label=Text("项目排放", "Project emission"), law=f"{METHOD}, (4)")
def project_emission(fuel_emission):
    """PE, all fuels together (项目排放), tCO2; nil where nothing is burnt."""
    return given(total(fuel_emission), 0)


@solar_thermal.quantity(
    "tCO2", level="project", label=Text("减排量（未取整）", "Reduction, not rounded"), law=f"{METHOD}, (6)"
)
def exact_reduction(baseline_emission, project_emission):
    """ER = BE − PE; leakage is neglected (减排量), tCO2."""
    return baseline_emission - project_emission


@solar_thermal.quantity(
    "tCO2", level="project", decimals=0, rounding=FLOOR, label=Text("减排量", "Reduction"), law=f"{METHOD}, (6)",
    confidence="M-med",
)  # fmt: skip
def reduction(exact_reduction):
    """ER in whole tonnes, rounded down as registered amounts are (减排量，向下取整), tCO2."""
    return exact_reduction


@solar_thermal.check(
    "CCR-21",
    severity="error",
    level="reading",
    fields=("calibration",),
    message=Text(
        "检定逾期或超差，须填写准确度等级或实测误差", "the class or the measured error of the meter is missing"
    ),
    expected=Text("准确度等级；超差的，实测基本误差", "its class; where beyond it, the error measured"),
    law=f"{METHOD}, 7.3.4",
)
def an_uncalibrated_meter_has_a_class(calibration, meter_class=None, measured_error=None):
    late = where(chosen(calibration, "late"), where(chosen(meter_class, *CLASSES), False, True), False)
    beyond = where(chosen(calibration, "out_of_class"), given(measured_error, 0) == 0, False)
    return where(late, True, beyond)


@solar_thermal.check(
    "CCR-22",
    severity="error",
    level="project",
    fields=("net_export",),
    message=Text("净上网电量为 {found}，不产生减排量", "a net export of {found} yields no reduction"),
    expected=Text("大于 0", "above 0"),
)
def something_was_exported(net_export):
    return net_export <= 0


solar_thermal.seal()
