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
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.changes import ROOT, SOURCE, Change, changes
from tests.mutation.trying import (
    ENDLESS,
    KILLED,
    LEAST_SECONDS,
    SLOWER,
    SURVIVED,
    UNTRIED,
    Outcome,
    Running,
    file_of,
    prepare,
    settings_of,
)

FOLDERS = {"rulebook": "tests/rulebook", "law": "tests/law"}
"""Below the package what is put wrong, and the tests that shall notice it."""
SETTLED = "tests/rulebook/test_in_force.py"
PAGE = ROOT / "docs" / "development" / "mutants.md"
REASONS = Path(__file__).with_name("survivors.yaml")
LEAST = 95  # per cent killed of those that change anything
EQUIVALENT = "Equivalent"
"""How the reason of a survivor begins that computes the same whatever is asked, so that no test can notice it."""
LIKELY = 20
Recorded = dict[str, Any]


def record(folder: str, within: str) -> Recorded:
    """Which test runs what of a folder; they must be green. `within`: where an earlier run left it, or this will."""
    file = Path(within).absolute() / f"{folder}.json"
    if not file.exists():
        environment = os.environ | {"TANZHI_RECORD": str(file), "TANZHI_RECORDED": folder}
        command = [sys.executable, "-m", "pytest", *settings_of(folder), "-p", "tests.mutation.recording"]
        subprocess.run([*command, FOLDERS[folder]], cwd=ROOT, env=environment, check=True)
    return dict(json.loads(file.read_text()))


def concerned(change: Change, recorded: Recorded) -> list[str]:
    """The tests to try a change on: those that run its line or ask its parameter, the quickest first; else all."""
    if change.kind == "row":
        file = "/".join(change.file.parts[-2:])
        asking = recorded["parameters"].get(f"{file} {change.place.partition('[')[0]}", [])
    else:
        of_file = recorded["lines"].get(str(change.file.relative_to(SOURCE)), {})
        asking = list(of_file.get(str(change.line), ()))
        if not asking:  # what runs while a module is imported matters to whoever runs anything of it
            asking = sorted({test for line in of_file.values() for test in line})
        # what a definition says of itself is read
        asking += [test for test in recorded["seconds"] if test.startswith(SETTLED) and test not in asking]
    return sorted(asking or recorded["seconds"], key=lambda test: float(recorded["seconds"].get(test, 0.0)))


class Noticed:
    """Which tests noticed changes before: of one file often the same, of one kind often those of one file of tests."""

    def __init__(self) -> None:
        self.of_file: dict[Path, Counter[str]] = defaultdict(Counter)
        self.of_kind: dict[str, Counter[str]] = defaultdict(Counter)

    def by(self, test: str, change: Change) -> None:
        self.of_file[change.file][test] += 1
        self.of_kind[change.kind][file_of(test)] += 1

    def rounds(self, tests: list[str], change: Change) -> list[list[str]]:
        """The likeliest few of them, out of one file or two, then all."""
        before, likely = self.of_file[change.file], [name for name, _ in self.of_kind[change.kind].most_common(1)]
        ordered = sorted(tests, key=lambda test: -before[test])
        first = [test for test in ordered[:LIKELY] if before[test]]
        first += [test for test in ordered if file_of(test) in likely and test not in first][:LIKELY]
        return [first, ordered] if first else [ordered]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--only", default="", help="changes whose name has these words")
    parser.add_argument("--record", default="", help="a folder that keeps which test runs what, for the next run")
    parser.add_argument("--write", action="store_true", help="keep the report in docs/development/mutants.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        recorded = {name: record(name, options.record or folder) for name in FOLDERS}
    every = [change for change in changes(tuple(FOLDERS)) if options.only in change.name]
    drawn = random.Random(options.seed).sample(every, len(every))
    prepare()
    begun = time.monotonic()
    results = tried(drawn, recorded, options.minutes * 60, options.processes)
    minutes = (time.monotonic() - begun) / 60
    reasons: dict[str, str] = yaml.safe_load(REASONS.read_text("utf-8")) or {}
    words = report(every, results, reasons, f"seed {options.seed}, {minutes:.0f} minutes")
    sys.stdout.write(words)
    if options.write:
        PAGE.write_text(words, "utf-8")
    results_of = {change.name: outcome.result for change, outcome in results.items()}
    unnamed = [name for name, result in results_of.items() if result == SURVIVED and name not in reasons]
    return 1 if unnamed or UNTRIED in results_of.values() or share_of(results, reasons) < LEAST else 0


def tried(drawn: list[Change], recorded: dict[str, Recorded], seconds: float, processes: int) -> dict[Change, Outcome]:
    """As many of them, in their order, as the time allows."""
    running, results, waiting, noticed = Running(), dict[Change, Outcome](), iter(drawn), Noticed()
    until = time.monotonic() + seconds
    more = True
    while more or running.begun:
        while more and len(running.begun) < processes:
            change = next(waiting, None)
            more = change is not None and time.monotonic() < until
            if change is not None and more:
                of_folder = recorded[change.file.relative_to(SOURCE).parts[0]]
                rounds = noticed.rounds(concerned(change, of_folder), change)
                running.begin(change, rounds, of_folder["seconds"])
        for change, outcome in running.ended():
            results[change] = outcome
            if outcome.result == KILLED and outcome.test:
                noticed.by(outcome.test, change)
            sys.stderr.write(
                f"{outcome.result}: {change.name} (line {change.line}) {outcome.seconds:.1f} s {outcome.test}\n"
            )
        time.sleep(0.01)
    return results


def share_of(results: dict[Change, Outcome], reasons: dict[str, str]) -> float:
    """Per cent of the changes that were noticed, of all but those that are equivalent for the reason stated."""
    whole = len(results) - len(equivalent(results, reasons))
    return 100 * sum(outcome.noticed for outcome in results.values()) / whole if whole else 0


def equivalent(results: dict[Change, Outcome], reasons: dict[str, str]) -> list[str]:
    """The survivors whose stated reason is that they compute the same."""
    return [name for name in _names(results, SURVIVED) if reasons.get(name, "").startswith(EQUIVALENT)]


def report(every: list[Change], results: dict[Change, Outcome], reasons: dict[str, str], how: str) -> str:
    """The page: how many of each kind, how many noticed, and each survivor with the reason that is stated for it."""
    possible = Counter(change.kind for change in every)
    drawn = Counter(change.kind for change in results)
    noticed = Counter(change.kind for change, outcome in results.items() if outcome.noticed)
    lines = [
        "# Mutants: the law with one thing wrong",
        "",
        "`make mutants` puts one thing at a time wrong in the rulebook and in `law`, in parameter rows and in code,",
        f"and asks whether a test notices. A sample drawn by a seed, at most an hour; at least {LEAST} % must be",
        "noticed of those that are not equivalent (that change no result whatever is asked, so that no test can notice",
        "them), and each survivor needs its reason in `tests/mutation/survivors.yaml`.",
        "",
        f"Last run {datetime.now(UTC):%Y-%m-%d}, {how}: {len(results)} of {len(every)} possible changes tried, "
        f"{sum(noticed.values())} noticed, {len(equivalent(results, reasons))} equivalent: "
        f"{share_of(results, reasons):.1f} % of the others noticed.",
        "",
        "| kind | possible | tried | noticed |",
        "|---|---|---|---|",
        *(f"| {kind} | {possible[kind]} | {drawn[kind]} | {noticed[kind]} |" for kind in sorted(possible)),
    ]
    stated = {change.name: reasons.get(change.name, "none stated") for change in results}
    without_end = f"{LEAST_SECONDS} seconds and {SLOWER} times what it takes otherwise"
    lines += _listed("Survivors", "reason", {name: stated[name] for name in _names(results, SURVIVED)})
    lines += _listed(f"Noticed by a test that had not ended after {without_end}", "test", _names(results, ENDLESS))
    lines += _listed("Could not be tried", "test", _names(results, UNTRIED))
    return "\n".join(lines) + "\n"


def _names(results: dict[Change, Outcome], result: str) -> dict[str, str]:
    """The changes that came out so, each with the test that ran last."""
    return {
        change.name: f"`{outcome.test}`" if outcome.test else "while the rules were read"
        for change, outcome in sorted(results.items(), key=lambda item: item[0].name)
        if outcome.result == result
    }


def _listed(title: str, what: str, rows: dict[str, str]) -> list[str]:
    if not rows:
        return []
    cells = [f"| `{name.replace('|', chr(92) + '|')}` | {words} |" for name, words in rows.items()]
    return ["", f"## {title}", "", f"| change | {what} |", "|---|---|", *cells]


if __name__ == "__main__":
    sys.exit(main())
