"""The table as text, and the machine it was measured on, without its name."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bench.lines import Line
from tanzhi.rulebook.kernel.yaml_files import read_yaml

BEFORE = Path(__file__).with_name("before.yaml")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench`; do not edit. Every number is a ratio of two things measured in the same run on the same
machine, one straight after the other, in at least five repetitions, in seconds of the processor unless a note says
otherwise: the least, the median and the greatest of them. Seconds of one machine say little about another, ratios say
more. "Before" is the tree before the house was redrawn (commit 74c71c18 of version 0.1.0), measured on 2026-11-30 in
turn with the tree of that day on one machine. "Met" means that every repetition met the aim; a
measurement first compares the results of both sides and stops where they differ.
"""
WORDS = {True: "met", False: "**missed**", None: ""}


def part(title: str, lines: Sequence[Line]) -> str:
    """One room's lines as a section; also printed as they come."""
    before: dict[str, str] = read_yaml(BEFORE)
    rows = [
        f"| {n.name} | {_range(n)} | {before.get(n.name, '')} | {n.aim} | {WORDS[n.met]} | {n.notes} |" for n in lines
    ]
    heads = ("| What | least / median / greatest | Before | Aim | | Notes |", "|---|---|---|---|---|---|")
    text = "\n".join((f"## {title}", "", *heads, *rows, ""))
    print(text, flush=True)
    return text


def keep(parts: Sequence[str], page: Path = PAGE) -> None:
    """Puts these sections into the page, each with its day and machine; other sections stay as they are."""
    before = page.read_text(encoding="utf-8") if page.exists() else ""
    kept = {_title(section): section for section in re.split(r"(?m)^(?=## )", before)[1:]}
    kept |= {_title(section): section.replace("\n\n", f"\n\n{machine()}\n", 1) for section in parts}
    sections = (kept[title].strip() + "\n" for title in sorted(kept))
    page.write_text("\n".join((HEAD, *sections)), encoding="utf-8")


def _title(section: str) -> str:
    return section.splitlines()[0]


def machine() -> str:
    """What it was measured on, as far as it matters."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    software = f"Python {platform.python_version()}, NumPy {np.__version__}, SQLite {sqlite3.sqlite_version}"
    return (
        f"Measured on {datetime.now(tz=UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()}; {software}, Tanzhi {version('tanzhi')}.\n"
    )


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    named = [text.split(":", 1)[1].strip() for text in lines if text.startswith("model name")]
    return named[0] if named else platform.machine()


def _range(line: Line) -> str:
    greatest = "" if line.ratio_max is None else f" / {_short(line.ratio_max)}"
    return f"{_short(line.ratio_min)} / {_short(line.ratio_median)}{greatest}"


def _short(ratio: float) -> str:
    """Three significant digits."""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.3g}"
