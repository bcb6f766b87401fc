"""Loads the province's key emission units, their people, units and a year into a running installation, over its API.

    openapi-python-client generate --url http://127.0.0.1:8000/api/openapi.json --meta none --output-path tanzhi_client
    PYTHONPATH=. python -m tanzhi.examples.load_province --address http://127.0.0.1:8000 --administrator A --security B

The two administrators set up regions, enterprises and people; then two people of each file and deposit by tokens of
their own: a power plant its months, an enterprise of another industry the report of the year, which holds them. With
`--by-files` the same enterprises, people and forms come in by lists and workbooks, uploaded as files are.
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

from tanzhi.rulebook.kernel import guidelines

from .facts import ANSWER, LIST_BASIS, LISTED, calibrations
from .gansu.data import plants, read, works
from .generate import Plant, months, tested_coal
from .industries import Works

try:
    from .over_api import KeyedAct, NotDone, Program, Traffic, Visitor, do_all, fitting
    from .plant_files import (
        import_people,
        import_register,
        register_entry,
        upload_reports,
        uploaded_months,
        uploaded_report,
    )
    from .plant_months import (
        ROLES,
        SINCE_WORDS,
        Enterprise,
        FiledForm,
        annual_record,
        annual_report,
        month_records,
        name_of,
        power_month,
        sign_in_name,
    )
except ModuleNotFoundError as missing:
    if missing.name != "tanzhi_client":
        raise
    raise SystemExit(f"先生成 tanzhi_client / generate tanzhi_client first\n{__doc__}") from None

from tanzhi_client.api.filings import list_filing_results
from tanzhi_client.models import FilingResultsRecordPage, Refusal
from tanzhi_client.types import UNSET

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
    works: Sequence[Works] = ()

    @property
    def enterprises(self) -> list[Enterprise]:
        return [*self.plants, *self.works]


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


def register(enterprises: Sequence[Enterprise]) -> Iterator[KeyedAct]:
    """Each enterprise with its site, its units and its place on the list."""
    for enterprise in enterprises:
        sector, guideline, site, units = register_entry(enterprise)
        own = enterprise.code
        named = {"code": own, "zh": enterprise.zh, "en": enterprise.en, "region": enterprise.region}
        accounts = {"kind": "enterprise", "sector": sector, "guideline": guideline}
        yield registration("register", own, {**named, **accounts})
        listed = {"sector": sector, "since": LISTED, "basis": LIST_BASIS}
        yield KeyedAct("organisations.enter_list", f"list:{own}", listed, own)
        yield KeyedAct("organisations.add_facility", f"site:{own}", dict(site), own)
        for unit in units:
            code = f"{site['code']}:{unit['number']}"
            yield KeyedAct("organisations.add_unit", f"unit:{code}", unit, site["code"])
            for changed in calibrations() if isinstance(enterprise, Plant) else ():
                yield KeyedAct("organisations.change_unit", f"unit:{code}:{changed['since']}", changed, code)


def registration(name: str, code: str, data: dict[str, Any]) -> KeyedAct:
    return KeyedAct(f"organisations.{name}", f"{name}:{code}", {**data, "since": SINCE_WORDS})


def people(load: Loading) -> None:
    """Two people of each enterprise: invited, in, and each given his role by two."""
    employed = [(enterprise, who) for enterprise in load.enterprises for who in ROLES]
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
    names = [sign_in_name(enterprise, who) for enterprise in load.enterprises for who in ROLES]
    waiting = [name for name in names if name in load.security.invited_people()]
    without = [name for name in waiting if name not in links]
    again = [KeyedAct("organisations.invite_again", f"again:{name}:{time.time()}", code=name) for name in without]
    for name, answer in zip(without, do_all(load.security.client, load.tally, again), strict=True):
        links[name] = answer.answer.result.secrets[0]
    for name in waiting:
        if not Visitor(load.address, load.tally).accept(links[name], load.password):
            raise NotDone(f"{name}: 邀请未被接受 / the invitation was not accepted")


def invitation(enterprise: Enterprise, who: str) -> KeyedAct:
    name = sign_in_name(enterprise, who)
    return KeyedAct(
        "organisations.invite_person", f"invite:{name}", {"sign_in_name": name, "name": name_of(enterprise, who)}
    )


def role_of(enterprise: Enterprise, who: str) -> KeyedAct:
    name = sign_in_name(enterprise, who)
    data = {"role": ROLES[who][1], "organisation": enterprise.code, "since": SINCE_WORDS}
    return KeyedAct("organisations.grant_role", f"role:{name}", data, name)


# --- what the people of an enterprise do -------------------------------------------------------------------


def file_year(load: Loading, enterprise: Enterprise) -> Decimal:
    """A year: filed, answered and checked by one person, deposited by the other; its emission, t."""
    keys: dict[str, tuple[str, Program]] = {}
    visitors = {who: Visitor(load.address, load.tally) for who in ROLES}
    for who, visitor in visitors.items():
        name = sign_in_name(enterprise, who)
        if not visitor.sign_in(name, load.password):
            raise NotDone(f"{name}: 无法登录 / cannot sign in")
        of_token, secret = visitor.make_token(name)
        keys[who] = of_token, Program(load.address, secret, load.tally)
    clerk, head = keys["clerk"][1], keys["head"][1]
    if isinstance(enterprise, Works):
        forms = [file_report(load, enterprise, clerk)]
    else:
        forms = file_months(load, enterprise, clerk, visitors["clerk"])
    for filed in forms:
        deposit(load, filed, (clerk, head))
    emission = emission_of(head, forms)
    for who, (of_token, program) in keys.items():
        program.end_token(sign_in_name(enterprise, who), of_token)
    return emission


def file_months(load: Loading, plant: Plant, clerk: Program, visitor: Visitor) -> list[FiledForm]:
    """A power plant's months, with the laboratory's report on the coal of each."""
    if load.by_files:
        upload_reports(visitor, clerk, plant, load.months)
        do_all(clerk.client, load.tally, list(uploaded_months(plant, load.months)))
    else:
        do_all(clerk.client, load.tally, list(chain.from_iterable(acts_of_filing(plant, load.months))))
    return [power_month(plant, month) for month in load.months]


def file_report(load: Loading, enterprise: Works, clerk: Program) -> FiledForm:
    """The whole year of an enterprise of another industry in one report."""
    year = int(load.months[0][:4])
    filed = annual_report(enterprise, year)
    acts = [filed.opening(), filed.act("save", {"record": annual_record(enterprise, year)})]
    do_all(clerk.client, load.tally, list(uploaded_report(enterprise, year)) if load.by_files else acts)
    return filed


def deposit(load: Loading, filed: FiledForm, by: tuple[Program, Program]) -> None:
    """One month after the other: some questions are asked only once the month before is deposited."""
    clerk, head = by
    check = filed.act("check")
    [answer] = do_all(clerk.client, load.tally, [check], lambda refusal: bool(questions_in(refusal)))
    if isinstance(answer.refusal, Refusal) and questions_in(answer.refusal):
        explanation = filed.act("answer", {"answers": questions_in(answer.refusal)})
        do_all(clerk.client, load.tally, [explanation, check])
    do_all(head.client, load.tally, [filed.act("deposit")])


def acts_of_filing(plant: Plant, of: Sequence[str]) -> Iterator[list[KeyedAct]]:
    """Of each month the laboratory's report, the opening and the values."""
    for month, units in month_records(plant, of):
        report, filed = {"organisation_id": plant.code, "report": tested_coal(plant, month)}, power_month(plant, month)
        yield [
            KeyedAct("filings.record_report", f"report:{plant.code}:{month}", report),
            filed.opening(),
            filed.act("save", {"record": {"units": units}}),
        ]


def questions_in(refusal: Refusal) -> list[dict[str, str]]:
    """What is to be explained, where nothing is to be corrected."""
    if refusal.code != UNEXPLAINED or any(finding.severity != "question" for finding in refusal.findings):
        return []
    places = sorted({(finding.code, finding.place) for finding in refusal.findings})
    return [{"code": code, "where": place, "text": ANSWER} for code, place in places]


def emission_of(program: Program, forms: Sequence[FiledForm]) -> Decimal:
    """What the platform computed of an enterprise's deposited forms."""
    industry = guidelines()[forms[0].name.partition(".")[0]].industry
    page = list_filing_results.sync(
        client=program.client,
        organisation=forms[0].enterprise,
        quantity=industry.total if industry else UNSET,
        limit=500,
    )
    records, periods = fitting(page, FilingResultsRecordPage).records, {filed.period for filed in forms}
    return sum((Decimal(record.value) for record in records if record.period in periods), Decimal(0))


# --- the whole ---------------------------------------------------------------------------------------------


def load_all(load: Loading) -> Decimal:
    """Everything, told step by step; what was refused stands in the tally."""
    do_all(load.administrator.client, load.tally, list(regions()))
    if load.by_files:
        import_register(load.administrator, load.enterprises)
    else:
        do_all(load.administrator.client, load.tally, list(register(load.enterprises)))
    units = sum(len(register_entry(enterprise)[3]) for enterprise in load.enterprises)
    typer.echo(f"单位与机组 / enterprises and units: {len(load.enterprises)}, {units}")
    if load.by_files:
        import_people(load.security, load.administrator, load.enterprises)
        come_in(load, {})
    else:
        people(load)
    typer.echo(f"人员 / people: {len(load.enterprises) * len(ROLES)}")
    emission = Decimal(0)
    for step, enterprise in enumerate(load.enterprises, start=1):
        emission += file_year(load, enterprise)
        typer.echo(f"{step}/{len(load.enterprises)} {enterprise.zh} / {enterprise.en}")
    return emission


def main(  # noqa: PLR0913  one for each option
    *,
    address: Annotated[str, typer.Option(help="平台地址 / address of the installation")],
    administrator: Annotated[str, typer.Option(help="系统管理员登录名 / sign-in name of the system administrator")],
    security: Annotated[str, typer.Option(help="安全管理员登录名 / of the security administrator")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, help="各人共用的示例密码 / everybody's password")
    ],
    plant_count: Annotated[int, typer.Option("--plants", min=1, help="电厂数 / power plants")] = 24,
    works_count: Annotated[
        int, typer.Option("--works", min=0, help="其他行业单位数 / enterprises of other industries")
    ] = 99,
    last_month: Annotated[
        int, typer.Option("--months", min=1, max=12, help="电厂 2023 年月数 / months of 2023 of power plants")
    ] = 12,
    by_files: Annotated[bool, typer.Option("--by-files", help="以名单和工作簿载入 / by lists and workbooks")] = False,
) -> None:
    """经接口载入示例重点排放单位一年的数据 / Load a year of the example's key emission units over the API."""
    begun, tally = time.monotonic(), Traffic()
    try:
        doors = {name: Visitor(address, tally) for name in (administrator, security)}
        for name, visitor in doors.items():
            if not visitor.sign_in(name, password):
                raise NotDone(f"{name}: 无法登录 / cannot sign in")
        of = months(2023, last_month)
        load = Loading(
            address, doors[administrator], doors[security], password, plants()[:plant_count], of, tally, by_files,
            works()[:works_count],
        )  # fmt: skip
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
