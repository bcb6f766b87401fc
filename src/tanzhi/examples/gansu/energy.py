"""The example's other books of energy: what four plants told the statistics, the statistics of three regions."""

from __future__ import annotations

from datetime import date

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.examples.plants import noon

from .crew import acting, city_officer, home
from .data import read

YEAR = 2023
BOOKS = {"form_205_1": "205-1 表 2023 年（示例）", "grid_bill": "2023 年电费结算单（示例）"}


def load() -> None:
    """Plants state their books in April; in June the province and two cities record statistics and explain parts."""
    spec = read("energy.yaml")
    with clock.at(noon(date(2024, 4, 2))):
        for code, rows in spec["statements"].items():
            for row in rows:
                stated = {"organisation": code, "year": YEAR, "source": BOOKS[row["book"]], **row}
                perform("verification.state_energy", acting(f"{code.lower()}.clerk"), data=stated)
    with clock.at(noon(date(2024, 6, 5))):
        for code, region in spec["regions"].items():
            officer = acting("officer") if code == home().code else city_officer(code)
            of = {"region": code, "year": YEAR}
            for item, quantity in region["statistics"].items():
                data = {**of, "item": item, "quantity": quantity, "source": region["source"]}
                perform("verification.record_energy_statistics", officer, data=data)
            for part in region["explained"]:
                data = {**of, **part, "reason": f"{part['reason']}（示例）", "basis": region["source"]}
                perform("verification.explain_energy", officer, data=data)
