"""Loads power plants, their people, units and a year of months into a running installation, over its API alone.

    openapi-python-client generate --url http://127.0.0.1:8000/api/openapi.json --meta none --output-path tanzhi_client
    PYTHONPATH=. python -m tanzhi.examples.load_province --address http://127.0.0.1:8000 --administrator A --security B

The two administrators set up regions, plants and people; then two people of each plant file and deposit by tokens of
their own. Each act has a key: what was interrupted is begun again, and what is done already is not done twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Annotated, Any

import typer

from .facts import ANSWER, LIST_BASIS, LISTED, SINCE, calibrations, site_of, unit_of
from .gansu.data import plants, read
from .generate import Plant, enterprise_year, months, tested_coal

try:
    from .over_api import KeyedAct, NotDone, Program, Traffic, Visitor, do_all, fitting
except ModuleNotFoundError as missing:
    if missing.name != "tanzhi_client":
        raise
    raise SystemExit(f"先生成 tanzhi_client / generate tanzhi_client first\n{__doc__}") from None

from tanzhi_client.api.filings import list_filing_results
from tanzhi_client.models import FilingResultsRecordPage, Refusal

SINCE_WORDS = SINCE.isoformat()
ROLES = {"clerk": ("填报员", "enterprise_filer"), "head": ("审核人", "enterprise_approver")}
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


# --- what the administrators do ----------------------------------------------------------------------------


def ground(plants_: Sequence[Plant]) -> Iterator[KeyedAct]:
    """The regions, then each plant with its site, its units and its place on the list."""
    spec = read("regions.yaml")
    above = spec["province"]["code"]
    yield registration("add_region", above, {**spec["province"], "kind": "province"})
    for row in spec["regions"]:
        data = {key: value for key, value in row.items() if key != "within"}
        kind = "city" if row.get("counted", True) else "area"
        yield registration("add_region", row["code"], {**data, "kind": kind, "parent": row.get("within", above)})
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


def sign_in_name(plant: Plant, who: str) -> str:
    return f"{plant.code.lower()}.{who}"


def people(load: Loading) -> None:
    """Two people of each plant: invited, in, and each given his role by two."""
    employed = [(plant, who) for plant in load.plants for who in ROLES]
    invited = do_all(load.security.client, load.tally, [invitation(*employment) for employment in employed])
    for (plant, who), answer in zip(employed, invited, strict=True):
        name = sign_in_name(plant, who)
        if Visitor(load.address, load.tally).sign_in(name, load.password):
            continue  # an earlier run brought him in
        secrets = getattr(getattr(answer.answer, "result", None), "secrets", None)
        if secrets is None:
            again = [KeyedAct("organisations.invite_again", f"again:{name}:{time.time()}", code=name)]
            secrets = do_all(load.security.client, load.tally, again)[0].answer.result.secrets
        if not Visitor(load.address, load.tally).accept(secrets[0], load.password):
            raise NotDone(f"{name}: 邀请未被接受 / the invitation was not accepted")
    proposed = do_all(load.security.client, load.tally, [role_of(*employment) for employment in employed])
    for answer in proposed:
        if answer.status == 200:
            load.administrator.decide(answer.answer.proposal)


def invitation(plant: Plant, who: str) -> KeyedAct:
    name = sign_in_name(plant, who)
    return KeyedAct("organisations.invite_person", f"invite:{name}", {
        "sign_in_name": name, "name": f"{plant.zh}{ROLES[who][0]}（示例）",
    })  # fmt: skip


def role_of(plant: Plant, who: str) -> KeyedAct:
    name = sign_in_name(plant, who)
    data = {"role": ROLES[who][1], "organisation": plant.code, "since": SINCE_WORDS}
    return KeyedAct("organisations.grant_role", f"role:{name}", data, name)


# --- what the people of a plant do -------------------------------------------------------------------------


def file_year(load: Loading, plant: Plant) -> Decimal:
    """The months of a plant: filed, answered and checked by one person, deposited by the other; their emissions, t."""
    keys: dict[str, tuple[str, Program]] = {}
    for who in ROLES:
        name, visitor = sign_in_name(plant, who), Visitor(load.address, load.tally)
        if not visitor.sign_in(name, load.password):
            raise NotDone(f"{name}: 无法登录 / cannot sign in")
        of_token, secret = visitor.make_token(name)
        keys[who] = of_token, Program(load.address, secret, load.tally)
    clerk, head = keys["clerk"][1], keys["head"][1]
    do_all(clerk.client, load.tally, list(chain.from_iterable(acts_of_filing(plant, load.months))))
    checks = [check_of(plant, month) for month in load.months]
    answers = do_all(clerk.client, load.tally, checks, lambda refusal: bool(questions_in(refusal)))
    explained = [
        (explanation(plant, month, answer.refusal), check_of(plant, month))
        for month, answer in zip(load.months, answers, strict=True)
        if isinstance(answer.refusal, Refusal) and questions_in(answer.refusal)
    ]
    do_all(clerk.client, load.tally, list(chain.from_iterable(explained)))
    deposits = [act_of_month("deposit", plant, month) for month in load.months]
    do_all(head.client, load.tally, deposits)
    emission = emission_of(head, plant, load.months)
    for who, (of_token, program) in keys.items():
        program.end_token(sign_in_name(plant, who), of_token)
    return emission


def acts_of_filing(plant: Plant, of: Sequence[str]) -> Iterator[list[KeyedAct]]:
    """Of each month the laboratory's report, the opening and the values."""
    whole = enterprise_year(plant, months(int(of[0][:4])), Decimal(1))
    for month in of:
        units = [{"unit": u["unit"], "months": [m for m in u["months"] if m["month"] == month]} for u in whole["units"]]
        opened = {"form_code": "power.month", "organisation_id": plant.code, "period": month}
        report = {"organisation_id": plant.code, "report": tested_coal(plant, month)}
        yield [
            KeyedAct("filings.record_report", f"report:{plant.code}:{month}", report),
            KeyedAct("filings.open", f"open:{plant.code}:{month}", opened),
            act_of_month("save", plant, month, {"record": {"units": units}}),
        ]


def act_of_month(name: str, plant: Plant, month: str, data: dict[str, Any] | None = None) -> KeyedAct:
    return KeyedAct(f"filings.{name}", f"{name}:{plant.code}:{month}", data or {}, f"power.month:{plant.code}:{month}")


def check_of(plant: Plant, month: str) -> KeyedAct:
    return act_of_month("check", plant, month)


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
    do_all(load.administrator.client, load.tally, list(ground(load.plants)))
    typer.echo(f"单位与机组 / plants and units: {len(load.plants)}, {sum(len(plant.units) for plant in load.plants)}")
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
        load = Loading(address, doors[administrator], doors[security], password, some, of, tally)
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
