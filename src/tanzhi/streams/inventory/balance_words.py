"""What the words of an energy balance mean in the inventory's form; a word that is not listed is asked, not guessed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

RAW_COAL, TRANSPORT = "raw_coal", "transport"


@dataclass(frozen=True, slots=True)
class BalanceProcess:
    """A row of the balance: the sector that burns, how it is printed, and the row that it is a part of."""

    name: str
    sector: str
    sign: int
    whole: str = ""


@dataclass(frozen=True, slots=True)
class BalanceWords:
    """Every word of the table, spelled plainly."""

    fuels: dict[str, str]
    not_fuels: frozenset[str]
    processes: dict[str, BalanceProcess]
    not_burnt: frozenset[str]


def plainly(words: str) -> str:
    """Without spaces, numbers in front and the size of letters."""
    return "".join(words.split()).casefold().strip("“”\"'").lstrip("0123456789.、#")


@cache
def balance_words() -> BalanceWords:
    content = yaml.safe_load((Path(__file__).parent / "energy_balance.yaml").read_text("utf-8"))
    fuels = {plainly(name): entry["fuel"] for entry in content["materials"] for name in entry["names"]}
    processes: dict[str, BalanceProcess] = {}
    for entry in content["processes"]:
        process = BalanceProcess(entry["names"][0], entry["sector"], entry["sign"], entry.get("whole", ""))
        processes |= {plainly(name): process for name in entry["names"]}
    not_fuels = frozenset(plainly(name) for name in content["not_fuels"])
    return BalanceWords(fuels, not_fuels, processes, frozenset(plainly(name) for name in content["not_burnt"]))
