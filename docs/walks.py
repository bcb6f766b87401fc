"""The walks of docs/development/walks.md: their tables as steps, and how many files each has a reader open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parent / "development" / "walks.md"
TITLE = re.compile(r"^## (?P<letter>[A-Z])\. (?P<title>.+)$", re.M)
COUNTS = re.compile(
    r"^Files opened: (?P<files>\d+), at most (?P<most>\d+); in 0\.1\.0 (?P<before>\d+), "
    r"noted then as (?P<noted>\d+)\. Passed by name: (?P<passed>\d+)\.$"
)
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Step:
    """A row of a walk: the file that is opened, what to read in it, the way to it, and what is passed by name."""

    number: int
    file: str
    names: tuple[str, ...]
    way: str
    passed: tuple[tuple[str, str], ...]
    """File and name of what the step calls and a reader need not open."""

    @property
    def module(self) -> str:
        return "tanzhi." + self.file.removesuffix(".py").replace("/", ".")


@dataclass(frozen=True)
class Walk:
    """A way through the code, with what the page says of its length."""

    letter: str
    title: str
    steps: tuple[Step, ...]
    files_stated: int
    most: int
    before: int
    """Files in 0.1.0 by the same rule."""
    noted: int
    """What was noted of 0.1.0 when it was read; by which rule is not written."""
    passed_stated: int

    @property
    def files(self) -> frozenset[str]:
        """What a reader has to open."""
        return frozenset(step.file for step in self.steps)

    @property
    def passed(self) -> frozenset[str]:
        """What its names are enough for, and no step opens."""
        return frozenset(file for step in self.steps for file, _ in step.passed) - self.files

    def step(self, number: int) -> Step:
        return self.steps[number - 1]


def walks(text: str) -> list[Walk]:
    return [_walk(section) for section in re.split(r"(?m)^(?=## [A-Z]\. )", text) if TITLE.match(section)]


def _walk(section: str) -> Walk:
    lines = section.splitlines()
    title = TITLE.match(lines[0])
    counts = next((match for line in lines if (match := COUNTS.match(line))), None)
    if title is None or counts is None:
        raise ValueError(f"{lines[0]}: no line says how many files are opened")
    numbers = {name: int(number) for name, number in counts.groupdict().items()}
    steps = tuple(_steps(lines))
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"{lines[0]}: the steps are not numbered in order")
    return Walk(
        title["letter"],
        title["title"],
        steps,
        numbers["files"],
        numbers["most"],
        numbers["before"],
        numbers["noted"],
        numbers["passed"],
    )


def _steps(lines: list[str]) -> Iterator[Step]:
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not cells[0].isdigit():
            continue
        number, file, names, way, passed, sentence = cells
        if not sentence:
            raise ValueError(f"step {number}: no sentence says what happens there")
        doors = (code.rpartition(" ") for code in CODE.findall(passed))
        places = tuple((file, name) for file, _, name in doors)
        yield Step(int(number), CODE.findall(file)[0], tuple(CODE.findall(names)), way, places)


def lengths() -> list[tuple[str, int, int]]:
    """What each walk is of, its files in 0.1.0 and now, by the same rule."""
    return [(walk.title, walk.before, len(walk.files)) for walk in walks(PAGE.read_text("utf-8"))]
