"""A year of plants loaded over the API, by a client that was generated, is the year that is loaded by the actions."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as NS
from typing import Any

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.examples.gansu.data import plants, read, works
from tanzhi.examples.generate import enterprise_year, months
from tanzhi.examples.industries import industry_year, works_units
from tanzhi.examples.plants import add_plant, add_regions, deposit_month
from tanzhi.filings.months.model import Result
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.evaluation import evaluate
from tests.generated_client import generated

ROOT = Path(__file__).parents[2]
PASSWORD = "painted-caves-of-620000"
ADMINISTRATOR, SECURITY = "first.admin", "second.security"
PLANTS, WORKS = 1, 1
PATIENCE_SECONDS = 240  # a machine that does much else


@pytest.fixture
def installation(tmp_path: Path, migrated: Callable[[Path], Path]) -> dict[str, str]:
    """The environment of an empty installation whose two administrators have their links."""
    migrated(tmp_path / "var")
    unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS")
    settings = {"TANZHI_VAR": str(tmp_path / "var"), "TANZHI_TIME_CODES": "off", "LC_ALL": "en_GB"}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | settings


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", "from tanzhi.cli import main; main()", "serve", "--port", str(port)]
    log = Path(environment["TANZHI_VAR"]) / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{address}/livez", timeout=5).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            else:
                break
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def loaded(environment: dict[str, str], address: str, *more: str) -> subprocess.CompletedProcess[str]:
    words = ["--address", address, "--administrator", ADMINISTRATOR, "--security", SECURITY, "--password", PASSWORD]
    client = os.pathsep.join([str(generated()), *sys.path])
    return subprocess.run(
        [sys.executable, "-m", "tanzhi.examples.load_province", *words, "--plants", str(PLANTS), "--works", str(WORKS),
         *more],
        cwd=ROOT, env=environment | {"PYTHONPATH": client}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def appointed(environment: dict[str, str]) -> list[str]:
    """The addresses of the first two people's links."""
    start = "from tanzhi.cli import main; main()"
    words = ["admin", "create", "First", ADMINISTRATOR, "Second", SECURITY]
    answer = subprocess.run(
        [sys.executable, "-c", start, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return re.findall(r"/organisations/invitation/\S+", answer.stdout)


def counted(environment: dict[str, str]) -> dict[str, int]:
    """Filings and versions, and the acts that were done."""
    with sqlite3.connect(Path(environment["TANZHI_VAR"]) / "tanzhi.sqlite3") as database:
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("filings_filing", "filings_version", "filings_result", "organisations_unit", "cases_import")
        }


def emission_loaded_by_actions(last_month: int) -> Decimal:
    """The same plants and months as the example loads them: through the actions, each month at its own day."""
    administrator = add_regions(read("regions.yaml"))
    for plant in plants()[:PLANTS]:
        crew = add_plant(administrator, plant)
        for month in months(2023, last_month):
            deposit_month(crew, enterprise_year(plant, months(2023), Decimal(1)), month, days_after=24)
    values = Result.objects.filter(quantity="enterprise_emission").values_list("value", flat=True)
    assert len(values) == PLANTS * last_month
    return sum(map(Decimal, values), Decimal(0))


def emission_of_works() -> Decimal:
    """What the rules make of the annual reports, with the register's lines."""
    total = Decimal(0)
    for enterprise in works()[:WORKS]:
        typical, guideline = read("industries.yaml")[enterprise.guideline], guidelines()[enterprise.guideline]
        assert guideline.industry is not None
        record = industry_year(typical, enterprise.code, 2023)
        [lines] = record.values()
        for line, unit in zip(lines, works_units(typical, enterprise), strict=True):
            line.update(unit["attributes"])
        total += Decimal(str(evaluate(guideline, 2023, record).value(guideline.industry.total).number))
    return total


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "last_month"), [([], 2), (["--by-files"], 1)])
def test_plants_loaded_over_the_api_have_the_emissions_of_the_example_and_are_loaded_once(
    way: list[str], last_month: int, installation: dict[str, str]
) -> None:
    links, words = appointed(installation), ["--months", str(last_month), *way]
    with serving(installation) as address:
        accept(address, links)
        first = loaded(installation, address, *words)
        assert first.returncode == 0, first.stdout + first.stderr
        rows = counted(installation)
        again = loaded(installation, address, *words)
        assert again.returncode == 0, again.stdout + again.stderr
        assert counted(installation) == rows
    assert rows["filings_filing"] == PLANTS * last_month + WORKS
    assert rows["organisations_unit"] == sum(len(plant.units) for plant in plants()[:PLANTS]) + sum(
        len(works_units(read("industries.yaml")[each.guideline], each)) for each in works()[:WORKS]
    )
    assert (rows["cases_import"] > 0) == bool(way)
    expected = emission_loaded_by_actions(last_month) + emission_of_works()
    for answer in (first, again):
        assert f"排放 / emissions: {expected} t" in answer.stdout
        assert re.search(r"[0-9.]+ 分钟 / minutes, \d+ 次请求 / requests, \d+ 项 / acts", answer.stdout)


def test_people_who_wait_for_their_invitation_are_tried_with_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong passwords for ten names from one address stop every sign-in from there: 24 plants have 48 people."""
    monkeypatch.syspath_prepend(str(generated()))
    from tanzhi.examples import load_province, over_api

    took_up: list[str] = []

    class Door:
        def __init__(self, *_place: object) -> None:
            self.client = None

        def accept(self, link: str, _password: str) -> bool:
            took_up.append(link)
            return True

        def invited_people(self) -> set[str]:
            return {"p01.clerk", "p02.head", "somebody.else"}

    sent: list[str] = []

    def do_all(_client: object, _tally: object, acts: Sequence[over_api.KeyedAct]) -> list[Any]:
        sent.extend(f"{act.action} {act.code}" for act in acts)
        return [NS(answer=NS(result=NS(secrets=[f"new link of {act.code}"]))) for act in acts]

    monkeypatch.setattr(load_province, "Visitor", Door)
    monkeypatch.setattr(load_province, "do_all", do_all)
    door: Any = Door()
    load = load_province.Loading("", door, door, "", plants()[:2], ["2023-01"], over_api.Traffic())
    load_province.come_in(load, {"p01.clerk": "link of today", "p01.head": "used link"})
    assert sent == ["organisations.invite_again p02.head"]
    assert took_up == ["link of today", "new link of p02.head"]


def test_each_month_is_deposited_before_the_next_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs much from the month before is asked once that month is deposited, and not at a check before."""
    monkeypatch.syspath_prepend(str(generated()))
    from tanzhi_client.models import Refusal

    from tanzhi.examples import load_province, over_api
    from tanzhi.examples.plant_months import power_month

    words = {"zh": "请说明", "en": "explain"}
    finding = {"code": "HIS-MONTH", "severity": "question", "place": "units[1]", "field": "", "found": "x"}
    question = {"code": "FIL-FINDINGS", "message": words}
    question["findings"] = [finding | {"expected": words, "message": words}]
    asks = {"check:P01:2023-02"}  # until it is answered
    sent: list[str] = []

    def do_all(client: str, _tally: object, acts: Sequence[over_api.KeyedAct], *_passed: object) -> list[Any]:
        sent.extend(f"{client} {act.key}" for act in acts)
        asks.difference_update(act.key.replace("answer", "check") for act in acts if act.key.startswith("answer"))
        return [NS(refusal=Refusal.from_dict(question) if act.key in asks else None) for act in acts]

    monkeypatch.setattr(load_province, "do_all", do_all)
    people: Any = (NS(client="clerk"), NS(client="head"))
    load: Any = NS(tally=None)
    for month in ("2023-01", "2023-02"):
        load_province.deposit(load, power_month(plants()[0], month), people)
    assert sent == [
        "clerk check:P01:2023-01", "head deposit:P01:2023-01", "clerk check:P01:2023-02", "clerk answer:P01:2023-02",
        "clerk check:P01:2023-02", "head deposit:P01:2023-02",
    ]  # fmt: skip


def accept(address: str, links: list[str]) -> None:
    """Both of the first administrators set their password, as in a browser."""
    for link in links:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(f"{address}{link}").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1], "password": PASSWORD, "again": PASSWORD}
        opener.open(f"{address}{link}", "&".join(f"{k}={v}" for k, v in fields.items()).encode())
    assert len(links) == 2


def test_the_script_says_how_to_generate_the_client_it_needs() -> None:
    assert Actor.platform().roles  # the platform is there, the client is not
    words = [sys.executable, "-m", "tanzhi.examples.load_province", "--help"]
    answer = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "openapi-python-client generate --url" in answer.stderr


def test_the_script_fits_the_types_of_the_generated_client(tmp_path: Path) -> None:
    """As strict as everything else; what an operation lacks of a type, this finds."""
    names = ("over_api", "plant_months", "plant_files", "load_province")
    scripts = [f"src/tanzhi/examples/{name}.py" for name in names]
    environment = os.environ | {"MYPYPATH": f"{generated()}:src"}
    settings = tmp_path / "mypy.ini"  # the platform's own rooms have their types looked at elsewhere
    settings.write_text("[mypy]\n[mypy-tanzhi.filings.*,tanzhi.rulebook.*]\nfollow_imports = skip\n")
    words = ["--strict", "--config-file", str(settings), "--cache-dir", str(tmp_path), "--ignore-missing-imports"]
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", *words, *scripts], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout


def test_what_is_refused_is_told_with_its_place_and_stops_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(generated()))
    from tanzhi_client.models import BatchAnswers, Refusal

    from tanzhi.examples import over_api

    words = {"zh": "应为正数", "en": "expected a positive number"}
    finding = {"code": "CHK-1", "severity": "error", "place": "units[1]", "field": "generation"}
    refusal = {"code": "FIL-FINDINGS", "message": words}
    refusal["findings"] = [finding | {"found": "-1", "expected": words, "message": words}]
    done = {"status": 200, "answer": {"action": "filings.check"}}
    answered = {"answers": [done, {"status": 422, "refusal": refusal}, done]}
    monkeypatch.setattr(over_api.batch, "sync", lambda **_sent: BatchAnswers.from_dict(answered))
    acts = [over_api.KeyedAct("filings.check", f"check:P01:2023-0{month}") for month in (1, 2, 3)]
    traffic = over_api.Traffic()
    answers = over_api.do_all(None, traffic, acts)
    assert [answer.status for answer in answers] == [200, 422, 200]
    assert (traffic.acts, len(traffic.refused)) == (2, 1)
    assert traffic.refused[0].startswith("check:P01:2023-02: FIL-FINDINGS 应为正数")
    assert "CHK-1 units[1] generation: 应为正数" in traffic.refused[0]
    questions = over_api.Traffic()
    over_api.do_all(None, questions, acts, passed=lambda refused: isinstance(refused, Refusal))
    assert questions.refused == []  # they are answered, not told
