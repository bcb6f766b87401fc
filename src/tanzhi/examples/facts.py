"""What every example says alike, whichever way it is loaded: days, words, the attributes of a unit."""

from __future__ import annotations

from datetime import date

from .generate import Plant

SINCE = date(2019, 1, 1)
LISTED = "2023-01-01"
LIST_BASIS = "示例名录 / example list"
ANSWER = "示例数据，按随机种子生成，情况属实"
SCALE = "scale_calibrated_on"
CALIBRATED = ("2023-01-10", "2024-01-08", "2025-01-06")
"""Coal scales are calibrated once a year."""
CALIBRATION = "校准"


def site_of(plant: Plant) -> dict[str, str]:
    """The one facility of a plant."""
    return {
        "code": f"{plant.code}-1",
        "zh": f"{plant.zh}发电设施",
        "en": f"{plant.en}: site",
        "region": plant.region,
        "since": SINCE.isoformat(),
    }


def unit_of(plant: Plant, number: int) -> dict[str, object]:
    """A unit as it is registered."""
    attributes = {
        "rated_power": str(plant.units[number - 1]),
        "main_fuel": "conventional_coal",
        "boiler_type": plant.boiler,
        "heat_supply": "cogeneration" if plant.heat else "condensing",
        "cooling": "air",
        SCALE: CALIBRATED[0],
    }
    return {"number": str(number), "attributes": attributes, "since": SINCE.isoformat()}


def calibrations() -> list[dict[str, object]]:
    """What changes in the register as the scale is calibrated again."""
    return [{"attributes": {SCALE: day}, "since": day, "basis": CALIBRATION} for day in CALIBRATED[1:]]
