"""Climate finance of the example province: synthetic projects, through application, reviews and library, to banks.

The sums are those of the press conference; names, places and inputs are invented. Three populations stand apart by
their programme: the provincial library, the pilot city's library, the application for treasury bonds.
"""

from __future__ import annotations

import random
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.evidence.files import receive
from tanzhi.organisations.register.model import Region
from tanzhi.streams.ccer.queries import admitted
from tanzhi.streams.finance.bank_models import BankLink
from tanzhi.streams.finance.models import Project

from .ccer import SUN
from .crew import acting, city_officer, home
from .data import read
from .owners import owner_of
from .people import SINCE, employ

DRAW = 2024
PILOT_CITY, CAPTURE_CITY = "620100", "621000"
FIRST_QUARTER, SECOND_QUARTER, LENT = 19, 26, 8
EXPERTS = 5
AGREED = "示例：情况属实，同意。"
GRID = {"grid": "northwest", "electricity_area": "620000"}


def load() -> None:
    """The whole stream."""
    crew = FinanceActors()
    crew.programmes()
    projects = library(crew)
    lend(crew, projects[:LENT])
    pilot(crew)
    capture(crew)
    unfinished(crew)


class FinanceActors:
    """Who acts: owners and city officers by region, experts, banks, the province."""

    def __init__(self) -> None:
        self.officer, self.director = acting("officer"), acting("director")
        self.draw = random.Random(DRAW)
        self.spec = read("finance.yaml")
        self.cities = list(Region.objects.filter(parent=home(), counted=True).order_by("code"))
        self.owners: dict[str, tuple[str, Actor]] = {}
        self.reviewers: dict[str, Actor] = {}
        for city in self.cities:
            self._employ(city)
        self.experts = self._experts()
        self.banks = {"K1": acting("bank"), "K2": self._second_bank()}
        self.papers = [_paper("立项批复"), _paper("承诺书")]

    def _employ(self, city: Region) -> None:
        """The city's owner, and the officer who came with the policy stream."""
        self.owners[city.code] = owner_of(city)
        self.reviewers[city.code] = city_officer(city.code)

    def _experts(self) -> list[Actor]:
        _register("X1", "示例环境规划研究院", "Institute (example)", "institute", home().code)
        platform = Actor.platform()
        return [employ(platform, f"expert{n}", f"评审专家{n}（示例）", "expert", "X1") for n in range(1, EXPERTS + 1)]

    def _second_bank(self) -> Actor:
        _register("K2", "示例商业银行", "Commercial bank (example)", "bank", home().code)
        return employ(Actor.platform(), "bank2", "商业银行经理（示例）", "bank", "K2")

    def programmes(self) -> None:
        """What projects are collected for."""
        where = home().code
        for code, kind, region, zh, en in (
            ("GSQH", "library", where, "省级气候投融资项目库", "the provincial climate-finance library"),
            ("LZSD", "pilot", PILOT_CITY, "国家气候投融资试点（兰州市）", "the national pilot in Lanzhou"),
            ("TBZQ", "bond", where, "超长期特别国债", "ultra-long special treasury bonds"),
        ):
            with at(date(2022, 12, 1)):
                data = {"code": code, "kind": kind, "region": region, "zh": zh, "en": en}
                perform("finance.add_programme", self.officer, data=data)


def at(day: date) -> Any:
    return clock.at(datetime.combine(day, time(11), timezone.get_current_timezone()))


def _register(code: str, zh: str, en: str, kind: str, region: str) -> None:
    data = {"code": code, "zh": zh, "en": en, "kind": kind, "region": region, "since": SINCE.isoformat()}
    perform("organisations.register", Actor.platform(), data=data)


def _paper(title: str) -> str:
    content = f"{title}（示例，合成）\n".encode()
    return str(receive(BytesIO(content), f"{title}.txt", "text/plain").file.sha256)


def shared(total: int, weights: list[float]) -> list[int]:
    """Whole 10^4 yuan in proportion; the last takes what is left, so that the total is exact."""
    whole = sum(weights)
    shares = [int(total * weight / whole) for weight in weights[:-1]]
    return [*shares, total - sum(shares)]


# --- the provincial library ----------------------------------------------------------------------------


def library(crew: FinanceActors) -> list[Project]:
    """Forty-five projects: the first quarter's batch, eight of which banks lend to, and the second quarter's."""
    days = [date(2024, 1, 29), date(2024, 4, 15)]
    batches = [(FIRST_QUARTER, days[0]), (SECOND_QUARTER, days[1])]
    places = [(day, n) for count, day in batches for n in range(count)]
    # Investment and demand of each, exact in total.
    lent, whole = crew.spec["totals"]["lent"], crew.spec["totals"]["library"]
    rest = {name: whole[name] - lent[name] for name in ("investment", "demand")}
    amounts: list[tuple[int, int]] = []
    for total, count in ((lent, LENT), (rest, FIRST_QUARTER + SECOND_QUARTER - LENT)):
        weights = [crew.draw.uniform(0.7, 1.6) for _ in range(count)]
        amounts += zip(shared(total["investment"], weights), shared(total["demand"], weights), strict=True)
    return [
        _entered(crew, number, day, *amount)
        for number, ((day, _), amount) in enumerate(zip(places, amounts, strict=True))
    ]


def _entered(crew: FinanceActors, number: int, day: date, investment: int, demand: int) -> Project:
    """One project from its application to the decision of two."""
    spec = crew.spec["kinds"][number % len(crew.spec["kinds"])]
    city = crew.cities[number % len(crew.cities)]
    project = _applied(crew, city, spec, (number, investment, demand), day)
    with at(_later(day, 10)):
        perform("finance.city_review", crew.reviewers[city.code], project, {"outcome": "recommended", "words": AGREED})
    with at(_later(day, 18)):
        experts = [crew.experts[(number + n) % EXPERTS] for n in range(3)]
        keys = [str(expert.person_id) for expert in experts]
        perform("finance.formal_review", crew.officer, project, {"words": AGREED, "experts": keys})
    with at(_later(day, 30)):
        for expert in experts:
            draw = crew.draw.randint
            points = {
                "benefit_points": draw(26, 31), "policy_points": draw(12, 14), "technology_points": draw(7, 9),
                "finance_points": draw(14, 17), "other_points": draw(6, 8), "example_points": draw(6, 8),
            }  # fmt: skip
            opinion = project.opinions.get(person=expert.person_id)
            perform(
                "finance.give_opinion",
                expert,
                opinion,
                {**points, "independent": "yes", "words": "示例：技术路线可行，减排效益测算合理。"},
            )
    with at(_later(day, 44)):
        proposal = perform("finance.enter_library", crew.officer, project, {"words": AGREED}).proposal
        if proposal is not None:
            decide(proposal, crew.director, True, AGREED)
    project.refresh_from_db()
    return project


def _applied(
    crew: FinanceActors, city: Region, spec: dict[str, Any], amount: tuple[int, int, int], day: date
) -> Project:
    number, investment, demand = amount
    code, owner = crew.owners[city.code]
    # The CCER project of a solar thermal plant in that city, whose tonnes must not be counted twice.
    projects = admitted(city, date(2026, 1, 1)) if spec.get("technology") == "csp" else []
    twin = next((str(project.number) for project in projects if project.methodology == SUN), "")
    data = {
        "owner": code, "programme": "GSQH", "region": city.code, "kind": spec["kind"], "category": spec["category"],
        "zh": f"{city.name_zh}{spec['zh']}项目（示例{number + 1:02d}）",
        "en": f"{city.name_en} {spec['en']} (example {number + 1:02d})",
        "investment": investment, "demand": demand, "negative": "none", "penalised": "no", "stage": "building",
        "about": "示例项目，名称、规模与金额均为合成数据。", "credit_code": twin,
    }  # fmt: skip
    with at(day):
        project: Project = perform("finance.apply", owner, data=data).result
        stated = {"year": 2024, "benefit": benefit(spec, investment)}
        perform("finance.state_benefit", owner, project, stated)
        perform("finance.submit", owner, project, {"approval": crew.papers[0], "commitment": crew.papers[1]})
    return project


def benefit(spec: dict[str, Any], investment: int) -> dict[str, str]:
    """Inputs of the project's formula that fit its investment."""
    size = Decimal(investment)
    by = Decimal(str(spec.get("by", 1)))
    by_kind: dict[str, dict[str, str]] = {
        "renewable": {
            "technology": spec.get("technology", "pv"), "method": "combined_75", "capacity": _number(size / by),
            "hours": {"pv": "1650", "wind": "2200", "csp": "3000"}[spec.get("technology", "pv")], "loss_rate": "8",
        },
        "efficiency": {"fuel_saved": _number(size * by)},
        "forest": {"planted_area": _number(size * by), "removal_rate": "5.5", "risk_rate": "10"},
        "transport": {
            "vehicles": str(int(size / by)), "distance": "60000", "fuel_per_distance": "0.36",
            "power_per_distance": "1.05", "charging_efficiency": "90",
        },
        "heat": {"heat_supplied": _number(size * by), "boiler_efficiency": "85", "pump_power": _number(size * by / 40)},
        "waste": {
            "waste_burnt": _number(size * by), "methane_potential": "0.05", "captured_share": "20",
            "waste_power": _number(size * by * Decimal("0.272")),
        },
        "hydrogen": {"hydrogen_route": "coal", "hydrogen_output": _number(size * by)},
        "adaptation": {"people_protected": str(int(size * by))},
    }  # fmt: skip
    return GRID | by_kind[spec["kind"]]


def _number(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))


def _later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


# --- banks ---------------------------------------------------------------------------------------------


def lend(crew: FinanceActors, projects: list[Project]) -> None:
    """Eight of the first batch: pushed, granted credit, and paid in two parts."""
    totals = crew.spec["totals"]["lent"]
    weights = [float(project.demand) for project in projects]
    credit, paid = shared(totals["credit"], weights), shared(totals["disbursed"], weights)
    for number, project in enumerate(projects):
        bank = "K1" if number % 3 else "K2"
        link = _pushed(crew.officer, project, bank, date(2024, 3, 18))
        _record(crew.banks[bank], link, "grant_credit", credit[number], date(2024, 4, 18))
        first = paid[number] // 2
        for part, day in ((first, date(2024, 5, 20)), (paid[number] - first, date(2024, 6, 24))):
            _record(crew.banks[bank], link, "disburse", part, day)


def _pushed(officer: Actor, project: Project, bank: str, day: date) -> BankLink:
    with at(day):
        perform("finance.assign_bank", officer, project, {"bank": bank})
    link: BankLink = project.links.get(bank__code=bank)
    return link


def _record(bank: Actor, link: BankLink, act: str, amount: int, day: date) -> None:
    mark = {"grant_credit": "SX", "disburse": "FK"}[act]
    document = f"{mark}-{day:%Y%m%d}-{link.pk:03d}（示例）"
    with at(day):
        perform(f"finance.{act}", bank, link, {"amount": amount, "on": day.isoformat(), "document": document})


def pilot(crew: FinanceActors) -> None:
    """The pilot city's two rounds of signing, with the banks' records since."""
    signed: list[Project] = []
    for number_of_round, spec in enumerate(crew.spec["rounds"]):
        drawn = [crew.draw.uniform(0.7, 1.4) for _ in range(spec["projects"])]
        for n, amount in enumerate(shared(spec["investment"], drawn)):
            kind, number = crew.spec["pilot"][n % len(crew.spec["pilot"])], 6 * number_of_round + n + 1
            data = {
                "owner": crew.owners[PILOT_CITY][0], "programme": "LZSD", "region": PILOT_CITY, "kind": kind["kind"],
                "category": kind["category"], "zh": f"试点签约{kind['zh']}项目（示例{number:02d}）",
                "en": f"Pilot: {kind['en']} (example {number:02d})", "investment": amount, "demand": amount * 7 // 10,
                "batch": spec["batch"], "signed_on": spec["day"].isoformat(), "stage": "building",
            }  # fmt: skip
            with at(_later(spec["day"], 2)):
                proposal = perform("finance.record_signed", crew.reviewers[PILOT_CITY], data=data).proposal
                if proposal is None:
                    raise LookupError("a signed project waits for a second person")
                signed.append(decide(proposal, crew.officer, True, AGREED).result)
    totals = crew.spec["totals"]["pilot"]
    weights = [float(project.investment) for project in signed]
    credit, paid = shared(totals["credit"], weights), shared(totals["disbursed"], weights)
    for number, project in enumerate(signed):
        bank = "K2" if number % 2 else "K1"
        link = _pushed(crew.reviewers[PILOT_CITY], project, bank, date(2023, 11, 6))
        _record(crew.banks[bank], link, "grant_credit", credit[number], date(2023, 12, 15))
        _record(crew.banks[bank], link, "disburse", paid[number], date(2024, 3, 29))


# --- the capture project and what is under way ------------------------------------------------------------


def capture(crew: FinanceActors) -> None:
    """A power plant's capture project applies for treasury bonds: 1.5 Mt a year."""
    code, owner = crew.owners[CAPTURE_CITY]
    data = {
        "owner": code, "programme": "TBZQ", "region": CAPTURE_CITY, "kind": "ccus", "category": "M3",
        "zh": "正宁电厂百万吨级碳捕集利用与封存项目（示例）", "en": "Zhengning power plant: carbon capture (example)",
        "investment": 380000, "demand": 190000, "negative": "none", "penalised": "no", "stage": "building",
    }  # fmt: skip
    filed = {"captured": "1500000", "leakage": "15000", "capture_power": "375000", "capture_heat": "4200000"}
    with at(date(2024, 5, 8)):
        project = perform("finance.apply", owner, data=data).result
        perform("finance.state_benefit", owner, project, {"year": 2024, "benefit": GRID | filed})
        perform("finance.submit", owner, project, {"approval": crew.papers[0], "commitment": crew.papers[1]})
    with at(date(2024, 5, 17)):
        reviewed = {"outcome": "recommended", "words": AGREED}
        perform("finance.city_review", crew.reviewers[CAPTURE_CITY], project, reviewed)


def unfinished(crew: FinanceActors) -> None:
    """Applications of the second half-year: one sent back, one with the city, one before the experts."""
    kinds = crew.spec["kinds"]
    days = (date(2024, 7, 2), date(2024, 7, 8), date(2024, 6, 20))
    for number, (day, spec) in enumerate(zip(days, (kinds[0], kinds[2], kinds[3]), strict=True)):
        city = crew.cities[(7, 7, 9)[number]]
        project = _applied(crew, city, spec, (45 + number, 24000 + 3000 * number, 15000), day)
        with at(_later(day, 8)):
            returned = {"outcome": "returned", "words": "示例：请补充用地预审意见后重新提交。"}
            agreed = {"outcome": "recommended", "words": AGREED}
            if number != 1:
                reviewed = returned if number == 0 else agreed
                perform("finance.city_review", crew.reviewers[city.code], project, reviewed)
        if number == 2:
            with at(_later(day, 16)):
                keys = [str(expert.person_id) for expert in crew.experts[:3]]
                perform("finance.formal_review", crew.officer, project, {"words": AGREED, "experts": keys})
