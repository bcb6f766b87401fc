"""`python -m tests.mutation [--minutes 60] [--seed 1] [--write] [--only WORDS]`: a drawn sample of changes, tried."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.mutation.changes import ROOT, SOURCE, Change, changes
from tests.mutation.trying import ENDLESS, KILLED, SETTINGS, SURVIVED, Running, prepare

FOLDERS = ("rulebook", "law")
TESTS = ("tests/rulebook",)
LAW_TESTS = ("tests/law",)
SETTLED = "tests/rulebook/test_in_force.py"
PAGE = ROOT / "docs" / "development" / "mutants.md"
REASONS = Path(__file__).with_name("survivors.yaml")
LEAST = 95  # per cent killed


def record(tests: list[str], kept: str) -> dict[str, Any]:
    """Which test runs what; the tests must be green. `kept`: a file that an earlier run left, or shall leave."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(kept or Path(folder) / "record.json").absolute()
        if file.exists():
            return dict(json.loads(file.read_text()))
        environment = os.environ | {"TANZHI_RECORD": str(file)}
        command = [sys.executable, "-m", "pytest", *SETTINGS, "-p", "tests.mutation.recording", *tests]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        return dict(json.loads(file.read_text()))


def concerned(change: Change, recorded: dict[str, Any], tests: list[str]) -> list[str]:
    """The tests to try a change on: those that run its line or ask its parameter, the quickest first; else all."""
    if "law" in change.file.relative_to(SOURCE).parts[:1]:
        return list(LAW_TESTS)
    if change.kind == "row":
        file = "/".join(change.file.parts[-2:])
        asking = recorded["parameters"].get(f"{file} {change.place.partition('[')[0]}", [])
    else:
        of_file = recorded["lines"].get(str(change.file.relative_to(SOURCE)), {})
        # what runs while a module is imported matters to whoever runs anything of it
        asking = of_file.get(str(change.line)) or sorted({test for line in of_file.values() for test in line})
        if str(change.line) not in of_file:  # what a definition says of itself is read, not run
            asking = [test for test in recorded["seconds"] if test.startswith(SETTLED)] + asking
    first = sorted(asking, key=lambda test: float(recorded["seconds"].get(test, 0.0)))
    return first or tests


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--only", default="", help="changes whose name has these words")
    parser.add_argument("--record", default="", help="a file that keeps which test runs what, for the next run")
    parser.add_argument("--write", action="store_true", help="keep the report in docs/development/mutants.md")
    options = parser.parse_args()
    tests = [name for name in TESTS if (ROOT / name).exists()]
    recorded = record(tests, options.record)
    every = [change for change in changes(FOLDERS) if options.only in change.name]
    drawn = random.Random(options.seed).sample(every, len(every))
    prepare()
    results = tried(drawn, recorded, tests, options.minutes * 60, options.processes)
    reasons: dict[str, str] = read_yaml(REASONS) or {}
    words = report(every, results, reasons, options.seed)
    sys.stdout.write(words)
    if options.write:
        PAGE.write_text(words, "utf-8")
    killed = sum(result != SURVIVED for result in results.values())
    unnamed = [change.name for change, result in results.items() if result == SURVIVED and change.name not in reasons]
    return 1 if killed * 100 < LEAST * len(results) or unnamed else 0


def tried(
    drawn: list[Change], recorded: dict[str, Any], tests: list[str], seconds: float, processes: int
) -> dict[Change, str]:
    """As many of them, in their order, as the time allows."""
    running, results, waiting = Running(), dict[Change, str](), iter(drawn)
    until = time.monotonic() + seconds
    more = True
    while more or running.begun:
        while more and len(running.begun) < processes:
            change = next(waiting, None)
            more = change is not None and time.monotonic() < until
            if change is not None and more:
                chosen = concerned(change, recorded, tests)
                seconds_of = recorded["seconds"]  # of a whole folder: all that was recorded
                alone = sum(seconds_of.get(test, 0.0) for test in chosen)
                running.begin(change, chosen, alone or sum(seconds_of.values()))
        for change, result in running.ended():
            results[change] = result
            if result != KILLED:
                sys.stderr.write(f"{result}: {change.name} (line {change.line})\n")
        time.sleep(0.01)
    return results


def report(every: list[Change], results: dict[Change, str], reasons: dict[str, str], seed: int) -> str:
    """The page: how many of each kind, how many killed, and each survivor with the reason that is stated for it."""
    drawn = Counter(change.kind for change in results)
    killed = Counter(change.kind for change, result in results.items() if result != SURVIVED)
    endless = sum(result == ENDLESS for result in results.values())
    share = 100 * sum(killed.values()) / len(results) if results else 0
    lines = [
        "# Mutants: the law with one thing wrong",
        "",
        "`make mutants` puts one thing at a time wrong in the rulebook and in `law`, in parameter rows and in code,",
        f"and asks whether a test notices. A sample drawn by a seed, at most an hour; at least {LEAST} % must be",
        "noticed, and each survivor needs its reason in `tests/mutation/survivors.yaml`.",
        "",
        f"Last run {datetime.now(UTC):%Y-%m-%d}, seed {seed}: {len(results)} of {len(every)} possible changes tried, "
        f"{sum(killed.values())} noticed ({share:.1f} %), {endless} of them because the tests did not end.",
        "",
        "| kind | possible | tried | noticed |",
        "|---|---|---|---|",
    ]
    possible = Counter(change.kind for change in every)
    lines += [f"| {kind} | {possible[kind]} | {drawn[kind]} | {killed[kind]} |" for kind in sorted(possible)]
    survivors = sorted(change.name for change, result in results.items() if result == SURVIVED)
    lines += ["", "## Survivors", "", "| change | reason |", "|---|---|"]
    lines += [f"| `{name.replace('|', chr(92) + '|')}` | {reasons.get(name, 'none stated')} |" for name in survivors]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
