"""Loads power plants, their people, units and a year of months into a running installation, over its API alone.

    openapi-python-client generate --url http://127.0.0.1:8000/api/openapi.json --meta none --output-path tanzhi_client
    PYTHONPATH=. python -m tanzhi.examples.load_province --address http://127.0.0.1:8000 --administrator A --security B

The two administrators set up regions, plants and people; then two people of each plant file and deposit by tokens of
their own. With `--by-files` the same plants, people and months come in by lists and workbooks, uploaded as files are.
Each act has a key: what was interrupted is begun again, and what is done already is not done twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Annotated, Any

import typer

from .facts import ANSWER, LIST_BASIS, LISTED, calibrations, site_of, unit_of
from .gansu.data import plants, read
from .generate import Plant, months, tested_coal

try:
    from .over_api import KeyedAct, NotDone, Program, Traffic, Visitor, do_all, fitting
    from .plant_files import import_people, import_register, upload_reports, uploaded_months
    from .plant_months import ROLES, SINCE_WORDS, act_of_month, month_records, name_of, opening, sign_in_name
except ModuleNotFoundError as missing:
    if missing.name != "tanzhi_client":
        raise
    raise SystemExit(f"先生成 tanzhi_client / generate tanzhi_client first\n{__doc__}") from None

from tanzhi_client.api.filings import list_filing_results
from tanzhi_client.models import FilingResultsRecordPage, Refusal

UNEXPLAINED = "FIL-FINDINGS"


@dataclass(frozen=True, slots=True)
class Loading:
    """Where to, by whom, what."""

    address: str
    administrator: Visitor
    security: Visitor
    password: str
    plants: Sequence[Plant]
    months: Sequence[str]
    tally: Traffic
    by_files: bool = False


# --- what the administrators do ----------------------------------------------------------------------------


def regions() -> Iterator[KeyedAct]:
    """The province, its cities and areas."""
    spec = read("regions.yaml")
    above = spec["province"]["code"]
    yield registration("add_region", above, {**spec["province"], "kind": "province"})
    for row in spec["regions"]:
        data = {key: value for key, value in row.items() if key != "within"}
        kind = "city" if row.get("counted", True) else "area"
        yield registration("add_region", row["code"], {**data, "kind": kind, "parent": row.get("within", above)})


def register(plants_: Sequence[Plant]) -> Iterator[KeyedAct]:
    """Each plant with its site, its units and its place on the list."""
    for plant in plants_:
        named = {"code": plant.code, "zh": plant.zh, "en": plant.en, "region": plant.region}
        yield registration("register", plant.code, {**named, "kind": "enterprise", "sector": "power"})
        listed = {"sector": "power", "since": LISTED, "basis": LIST_BASIS}
        yield KeyedAct("organisations.enter_list", f"list:{plant.code}", listed, plant.code)
        site = site_of(plant)
        yield KeyedAct("organisations.add_facility", f"site:{plant.code}", dict(site), plant.code)
        for number in range(1, len(plant.units) + 1):
            code = f"{site['code']}:{number}"
            yield KeyedAct("organisations.add_unit", f"unit:{code}", unit_of(plant, number), site["code"])
            for changed in calibrations():
                yield KeyedAct("organisations.change_unit", f"unit:{code}:{changed['since']}", changed, code)


def registration(name: str, code: str, data: dict[str, Any]) -> KeyedAct:
    return KeyedAct(f"organisations.{name}", f"{name}:{code}", {**data, "since": SINCE_WORDS})


def people(load: Loading) -> None:
    """Two people of each plant: invited, in, and each given his role by two."""
    employed = [(plant, who) for plant in load.plants for who in ROLES]
    invited = do_all(load.security.client, load.tally, [invitation(*employment) for employment in employed])
    links = {}
    for employment, answer in zip(employed, invited, strict=True):
        if secrets := getattr(getattr(answer.answer, "result", None), "secrets", None):
            links[sign_in_name(*employment)] = secrets[0]
    come_in(load, links)
    proposed = do_all(load.security.client, load.tally, [role_of(*employment) for employment in employed])
    for answer in proposed:
        if answer.status == 200:
            load.administrator.decide(answer.answer.proposal)


def come_in(load: Loading, links: dict[str, str]) -> None:
    """Whoever waits for it takes his invitation up; who has no link of this run gets a new one."""
    names = [sign_in_name(plant, who) for plant in load.plants for who in ROLES]
    waiting = [name for name in names if name in load.security.invited_people()]
    without = [name for name in waiting if name not in links]
    again = [KeyedAct("organisations.invite_again", f"again:{name}:{time.time()}", code=name) for name in without]
    for name, answer in zip(without, do_all(load.security.client, load.tally, again), strict=True):
        links[name] = answer.answer.result.secrets[0]
    for name in waiting:
        if not Visitor(load.address, load.tally).accept(links[name], load.password):
            raise NotDone(f"{name}: 邀请未被接受 / the invitation was not accepted")


def invitation(plant: Plant, who: str) -> KeyedAct:
    name = sign_in_name(plant, who)
    return KeyedAct(
        "organisations.invite_person", f"invite:{name}", {"sign_in_name": name, "name": name_of(plant, who)}
    )


def role_of(plant: Plant, who: str) -> KeyedAct:
    name = sign_in_name(plant, who)
    data = {"role": ROLES[who][1], "organisation": plant.code, "since": SINCE_WORDS}
    return KeyedAct("organisations.grant_role", f"role:{name}", data, name)


# --- what the people of a plant do -------------------------------------------------------------------------


def file_year(load: Loading, plant: Plant) -> Decimal:
    """The months of a plant: filed, answered and checked by one person, deposited by the other; their emissions, t."""
    keys: dict[str, tuple[str, Program]] = {}
    visitors = {who: Visitor(load.address, load.tally) for who in ROLES}
    for who, visitor in visitors.items():
        name = sign_in_name(plant, who)
        if not visitor.sign_in(name, load.password):
            raise NotDone(f"{name}: 无法登录 / cannot sign in")
        of_token, secret = visitor.make_token(name)
        keys[who] = of_token, Program(load.address, secret, load.tally)
    clerk, head = keys["clerk"][1], keys["head"][1]
    if load.by_files:
        upload_reports(visitors["clerk"], clerk, plant, load.months)
        do_all(clerk.client, load.tally, list(uploaded_months(plant, load.months)))
    else:
        do_all(clerk.client, load.tally, list(chain.from_iterable(acts_of_filing(plant, load.months))))
    for month in load.months:
        deposit_month(load, plant, month, (clerk, head))
    emission = emission_of(head, plant, load.months)
    for who, (of_token, program) in keys.items():
        program.end_token(sign_in_name(plant, who), of_token)
    return emission


def deposit_month(load: Loading, plant: Plant, month: str, by: tuple[Program, Program]) -> None:
    """One month after the other: some questions are asked only once the month before is deposited."""
    clerk, head = by
    check = act_of_month("check", plant, month)
    [answer] = do_all(clerk.client, load.tally, [check], lambda refusal: bool(questions_in(refusal)))
    if isinstance(answer.refusal, Refusal) and questions_in(answer.refusal):
        do_all(clerk.client, load.tally, [explanation(plant, month, answer.refusal), check])
    do_all(head.client, load.tally, [act_of_month("deposit", plant, month)])


def acts_of_filing(plant: Plant, of: Sequence[str]) -> Iterator[list[KeyedAct]]:
    """Of each month the laboratory's report, the opening and the values."""
    for month, units in month_records(plant, of):
        report = {"organisation_id": plant.code, "report": tested_coal(plant, month)}
        yield [
            KeyedAct("filings.record_report", f"report:{plant.code}:{month}", report),
            opening(plant, month),
            act_of_month("save", plant, month, {"record": {"units": units}}),
        ]


def questions_in(refusal: Refusal) -> list[dict[str, str]]:
    """What is to be explained, where nothing is to be corrected."""
    if refusal.code != UNEXPLAINED or any(finding.severity != "question" for finding in refusal.findings):
        return []
    places = sorted({(finding.code, finding.place) for finding in refusal.findings})
    return [{"code": code, "where": place, "text": ANSWER} for code, place in places]


def explanation(plant: Plant, month: str, refusal: Refusal) -> KeyedAct:
    return act_of_month("answer", plant, month, {"answers": questions_in(refusal)})


def emission_of(program: Program, plant: Plant, of: Sequence[str]) -> Decimal:
    """What the platform computed of the deposited months."""
    page = list_filing_results.sync(
        client=program.client, organisation=plant.code, quantity="enterprise_emission", limit=500
    )
    records = fitting(page, FilingResultsRecordPage).records
    return sum((Decimal(record.value) for record in records if record.period in of), Decimal(0))


# --- the whole ---------------------------------------------------------------------------------------------


def load_all(load: Loading) -> Decimal:
    """Everything, told step by step; what was refused stands in the tally."""
    do_all(load.administrator.client, load.tally, list(regions()))
    if load.by_files:
        import_register(load.administrator, load.plants)
    else:
        do_all(load.administrator.client, load.tally, list(register(load.plants)))
    typer.echo(f"单位与机组 / plants and units: {len(load.plants)}, {sum(len(plant.units) for plant in load.plants)}")
    if load.by_files:
        import_people(load.security, load.administrator, load.plants)
        come_in(load, {})
    else:
        people(load)
    typer.echo(f"人员 / people: {len(load.plants) * len(ROLES)}")
    emission = Decimal(0)
    for step, plant in enumerate(load.plants, start=1):
        emission += file_year(load, plant)
        typer.echo(f"{step}/{len(load.plants)} {plant.zh} / {plant.en}")
    return emission


def main(
    *,
    address: Annotated[str, typer.Option(help="平台地址 / address of the installation")],
    administrator: Annotated[str, typer.Option(help="系统管理员登录名 / sign-in name of the system administrator")],
    security: Annotated[str, typer.Option(help="安全管理员登录名 / of the security administrator")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, help="各人共用的示例密码 / everybody's password")
    ],
    plant_count: Annotated[int, typer.Option("--plants", min=1, help="电厂数 / plants")] = 24,
    last_month: Annotated[int, typer.Option("--months", min=1, max=12, help="月数 / months of 2023")] = 12,
    by_files: Annotated[bool, typer.Option("--by-files", help="以名单和工作簿载入 / by lists and workbooks")] = False,
) -> None:
    """经接口载入示例电厂一年的数据 / Load a year of example plants over the API."""
    begun, tally = time.monotonic(), Traffic()
    try:
        doors = {name: Visitor(address, tally) for name in (administrator, security)}
        for name, visitor in doors.items():
            if not visitor.sign_in(name, password):
                raise NotDone(f"{name}: 无法登录 / cannot sign in")
        of = months(2023, last_month)
        some = plants()[:plant_count]
        load = Loading(address, doors[administrator], doors[security], password, some, of, tally, by_files)
        emission = load_all(load)
    except NotDone as stop:
        typer.echo(str(stop), err=True)
        raise typer.Exit(1) from None
    finally:
        for line in tally.refused:
            typer.echo(line, err=True)
        minutes = (time.monotonic() - begun) / 60
        typer.echo(f"{minutes:.1f} 分钟 / minutes, {tally.requests} 次请求 / requests, {tally.acts} 项 / acts")
    typer.echo(f"排放 / emissions: {emission} t")
    if tally.refused:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
