"""Laboratory reports for tests that file months: one that says what a month's row states."""

from __future__ import annotations

from typing import Any

from tanzhi.actions.perform import perform
from tanzhi.filings.laboratory.model import ON_RECORD, LaboratoryReport

ROW: dict[str, str] = {
    "report": "T-2023-06",
    "month": "2023-06",
    "material": "bituminous",
    "sample_number": "S-1",
    "sampled_on": "2023-06-28",
    "received_on": "2023-06-29",
    "tested_on": "2023-07-03",
    "reported_on": "2023-07-06",
    "laboratory": "某煤质检测中心",
    "laboratory_mark": "cma",
    "carbon_air_dried": "57.83",
    "moisture_air_dried": "4.26",
    "hydrogen_air_dried": "3.61",
    "total_sulphur": "0.72",
    "net_calorific_value": "20.317",
}
STATED = ("carbon_air_dried", "moisture_air_dried", "ash_air_dried")


def report(month: str = "2023-06", **values: str) -> dict[str, str]:
    """A report on a month's sample, dated within that month's own days and the next days."""
    days = {name: f"{month}-{day}" for name, day in (("sampled_on", "20"), ("received_on", "21"))}
    days |= {name: f"{month}-{day}" for name, day in (("tested_on", "25"), ("reported_on", "27"))}
    row = {**ROW, "report": f"T-{month}", "month": month, **days, **values}
    return {name: value for name, value in row.items() if value != ""}


def record_what_is_stated(clerk: Any, plant: Any, record: dict[str, Any]) -> None:
    """Put each report on record that the record's rows name, with what they state."""
    for unit in record.get("units", []):
        for month in unit.get("months", []):
            for row in month.get("fuels", []):
                number = row.get("report_number")
                known = LaboratoryReport.objects.filter(organisation=plant, number=number, state=ON_RECORD)
                if number and not known.exists():
                    stated = {name: str(row.get(name) or "") for name in STATED}
                    data = report(month["month"], report=number, material=row["fuel"], **stated)
                    perform("filings.record_report", clerk, data={"organisation_id": plant.pk, "report": data})
