"""docs/tutorial.md and .zh.md: below their heads the steps that the journey told and did, a section a chapter."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from .people import Tutorial

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"zh": DOCS / "tutorial.zh.md", "en": DOCS / "tutorial.md"}
WIDTH = 118
COST = {
    "zh": "浏览器走完全程点击 {clicks} 次，用时 {minutes} 分钟。下一步：[首日](how-to/first-day.zh.md)。",
    "en": "The browser did all of it with {clicks} clicks in {minutes} minutes. Next: "
    "[the administrator’s first day](how-to/first-day.md), [how to](how-to/) for each role.",
}
MINUTES = re.compile(r"\d+\.\d(?=\s+分钟|\s+minutes)")


def page_of(tutorial: Tutorial, language: str) -> str:
    """The page as it should stand, its head as it stands."""
    head = PAGES[language].read_text("utf-8").split("\n## ")[0].rstrip("\n")
    second = language == "en"
    sections = []
    for number, chapter in enumerate(tutorial.chapters, 1):
        steps = [f"- {step[second]}" for step in chapter.steps]
        lines = [textwrap.fill(step, WIDTH, subsequent_indent="  ") if second else step for step in steps]
        sections.append(f"## {number}. {chapter.title[second]}\n\n" + "\n".join(lines))
    clicks, seconds = (sum(getattr(each, of) for each in tutorial.chapters) for of in ("clicks", "seconds"))
    cost = COST[language].format(clicks=clicks, minutes=f"{seconds / 60:.1f}")
    return "\n\n".join([head, *sections, textwrap.fill(cost, WIDTH) if second else cost]) + "\n"


def but_for_minutes(text: str) -> str:
    """How long it took differs from machine to machine."""
    return " ".join(MINUTES.sub("n", text).split())
