"""People at a deadline, all at once: home, upload a month, answer, check, deposit, against `tanzhi serve` on loopback.

`python -m bench.rush [--people 200] [--databases SQLite PostgreSQL]`: a process for itself, since it starts servers;
ratios only, of one run on one machine, kept in docs/performance.md. Bounded: every person comes once, every request
ends within a minute.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.reliability.__main__ import engines
from tests.reliability.installation import Installation

from bench import report
from bench.lines import EMPTY, Line, line

TITLE = "People at a deadline"

ALONE = 10  # people who come one by one, for the processor time that their acts take
PROBES = 100
BETWEEN_PROBES = 0.1  # seconds: a look at the empty view now and then, not a load of its own


def seed(var: Path, people: int) -> None:
    """As many plants with a filer and an approver each, sessions for both, and a workbook for June."""
    from django.conf import settings
    from tests import factories
    from tests.filings.deposits.test_work import RECORD
    from tests.journeys.province import UNIT
    from tests.reliability.seed import session_of

    from tanzhi.actions.perform import perform
    from tanzhi.filings.intake import template
    from tanzhi.filings.intake.template import Prefill
    from tanzhi.filings.months.model import Filing
    from tanzhi.filings.months.status import form_of, standing_of
    from tanzhi.organisations.people.roles import actor_of

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = factories.world()
    written: list[dict[str, Any]] = []
    for number in range(2 * people + ALONE + 1):
        plant = factories.key_unit(factories.organisation(f"R{number}", world.city))
        factories.unit(factories.facility(plant), "1", **UNIT)
        filer = factories.person(f"filer_{number}", ("enterprise_filer", plant), password=factories.PASSWORD)
        approver = factories.person(f"approver_{number}", ("enterprise_approver", plant), password=factories.PASSWORD)
        data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
        filing: Filing = perform("filings.open", actor_of(filer), data=data).result
        content = base64.b64encode(template(form_of(filing), Prefill(plant.code, "2023-06", RECORD))).decode()
        written.append(
            {
                "filing": filing.pk,
                "sessions": [session_of(filer), session_of(approver)],
                "upload": {"content": content, "name": "june.xlsx"},
            }
        )
        if number == 0:  # what the checks ask of this month, they ask of each
            perform("filings.upload", actor_of(filer), filing, written[0]["upload"])
            questions = [{"code": q.code, "where": q.place, "text": "checked"} for q in standing_of(filing).unanswered]
    (var / "seed.json").write_text(
        json.dumps({"people": written[1:], "answers": questions, "sessions": written[0]["sessions"]})
    )


def steps(person: dict[str, Any], answers: list[dict[str, str]]) -> Iterator[tuple[str, str, object, int]]:
    """Method, address, body, and which of the two people of the plant."""
    subject = f"?subject={person['filing']}"
    yield "GET", "/", None, 0
    yield "POST", f"/api/actions/filings.upload{subject}", person["upload"], 0
    if answers:
        yield "POST", f"/api/actions/filings.answer{subject}", {"answers": answers}, 0
    yield "POST", f"/api/actions/filings.check{subject}", {}, 0
    yield "POST", f"/api/actions/filings.deposit{subject}", {}, 1


def come(installation: Installation, person: dict[str, Any], answers: list[dict[str, str]]) -> list[str]:
    """One person's way through; gives what went wrong on it."""
    faults = []
    for method, address, body, who in steps(person, answers):
        status, text = installation.ask(method, address, body, session=person["sessions"][who])
        if status != 200:
            faults.append(f"{address}: {status} {text[:200]}")
    return faults


def empty_times(installation: Installation, going: threading.Event, most: int) -> list[float]:
    """Seconds of the empty view, asked for now and then."""
    times: list[float] = []
    while len(times) < most and going.is_set():
        begun = time.perf_counter()
        status, _ = installation.ask("GET", f"/{EMPTY}")
        if status == 200:
            times.append(time.perf_counter() - begun)
        time.sleep(BETWEEN_PROBES)
    return times


def processor_seconds(group: int, database: int) -> float:
    """What all processes of the server's group and of the database's server (0: none) have used, ended ones too."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        pid, parent, own_group = int(file.parent.name), int(fields[1]), int(fields[2])
        if own_group == group or (database and database in (pid, parent)):
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def rush(installation: Installation, people: int, database: int = 0) -> dict[str, Any]:
    """One by one, then all at once; wall times, processor time, the empty view idle and under load.

    Then as many again at one process with the same threads, for what the others bring.
    """
    sown = installation.sown
    crowd, answers = sown["people"], sown["answers"]
    installation.start("serve", "--workers", "2")
    group = installation.processes["serve"].pid
    always = threading.Event()
    always.set()
    come(installation, crowd[0], answers)  # warm
    idle = empty_times(installation, always, PROBES)
    before = processor_seconds(group, database)
    faults = [fault for person in crowd[1:ALONE] for fault in come(installation, person, answers)]
    alone = (processor_seconds(group, database) - before) / (ALONE - 1)
    with ThreadPoolExecutor(1) as pool:
        loaded = pool.submit(empty_times, installation, always, 10**6)
        wall, faults_of_two = at_once(installation, crowd[ALONE : ALONE + people], answers)
        always.clear()
        under_load = loaded.result()
    installation.stop()
    installation.start("serve", "--workers", "1")
    of_one, faults_of_one = at_once(installation, crowd[ALONE + people : ALONE + 2 * people], answers)
    installation.stop()
    return {
        "faults": faults + faults_of_two + faults_of_one,
        "wall": wall,
        "of_one": of_one,
        "alone": alone * people,
        "idle": p95(idle),
        "loaded": p95(under_load),
    }


def at_once(installation: Installation, crowd: list[dict[str, Any]], answers: list[Any]) -> tuple[float, list[str]]:
    """Seconds until all of them are through, and what went wrong."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(crowd)) as pool:
        coming = [pool.submit(come, installation, person, answers) for person in crowd]
        faults = [fault for future in coming for fault in future.result()]
    return time.perf_counter() - begun, faults


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("inf")


def lines(engine: str, measured: dict[str, Any], people: int) -> list[Line]:
    cores = len(os.sched_getaffinity(0))
    note = f"{people} people, {len(measured['faults'])} errors {measured['faults'][:1] or ''}, {cores} cores"
    wall = measured["wall"] / (measured["alone"] / cores)
    return [
        line(f"{engine}: errors", [float(len(measured["faults"]))], "≤ 0", note),
        line(f"{engine}: wall ÷ (processor time one by one ÷ cores)", [wall], "≤ 1.5", note),
        line(
            f"{engine}: the empty view's p95 under load ÷ idle", [measured["loaded"] / measured["idle"]], "≤ 40", note
        ),
        line(
            f"{engine}: two processes ÷ one, people a second",
            [measured["of_one"] / measured["wall"]],
            "≥ 0.9" if engine == "SQLite" else "≥ 1.25",
            note,
        ),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.rush", description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--databases", nargs="+", default=["SQLite", "PostgreSQL"])
    options = parser.parse_args()
    measures: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, engines(options.databases, Path(folder)) as served:
        for engine, (address, _) in served.items():
            installation = Installation(Path(folder) / engine, address, settings="bench.rush_settings")
            installation.var.mkdir()
            installation.python("-m", "tanzhi.cli", "migrate")
            installation.python("-m", "bench.rush", "seed", installation.var, options.people)
            file = Path(folder) / "server" / "postgresql" / "data" / "postmaster.pid"
            database = int(file.read_text().split()[0]) if address else 0
            outcome = rush(installation, options.people, database)
            if outcome["faults"]:  # times of a day's work that did not succeed say nothing
                sys.exit(f"{engine}: {len(outcome['faults'])} requests failed, first: {outcome['faults'][0]}")
            measures += lines(engine, outcome, options.people)
            for measured in measures[-4:]:
                print(f"{measured.name}: {measured.ratio_median:.2f} ({measured.aim}) {measured.notes}", flush=True)
    report.keep([report.part(TITLE, measures)])
    return 0 if all(measured.met for measured in measures) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["seed"]:
        import django

        django.setup()
        seed(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
