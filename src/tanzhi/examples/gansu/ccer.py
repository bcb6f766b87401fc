"""CCER projects of the example province: twenty-three synthetic ones in the library's first batch."""

from __future__ import annotations

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
from tanzhi.rulebook.ccer.growth import Curve
from tanzhi.streams.ccer.models import CreditProject

from .crew import acting, home
from .owners import owner_of
from .people import SINCE, employ

SINK, SUN = "CCER-14-001-V01", "CCER-01-001-V01"
PINE, LOCUST = Curve(Decimal(120), Decimal("0.060"), Decimal("2.20")), Curve(Decimal(55), Decimal("0.110"), Decimal(2))
FORESTS = ("621000", "621100", "620500", "620800", "621200", "620400", "620600", "622900", "623000", "620700", "620100",
           "621000", "621100", "620300")  # fmt: skip
SUNNY = ("620900", "620900", "620900", "620700", "620300", "620600", "620900", "620400", "620900")
AGREED = "示例：符合入库条件，同意。"
ZIWULING = "“再造一个子午岭”林业碳汇项目一期（示例）"


PLANT: dict[str, Any] = {
    "built_from": "2021-06-01", "credited_from": "2024-01-01", "credited_to": "2033-12-31", "year": 2024,
    "elsewhere": "none", "covered": "no",
    "design": {
        "grid": "northwest",
        "readings": [
            {"reading": "上网电量", "direction": "export", "electricity_read": "343200"},
            {"reading": "下网电量", "direction": "import", "electricity_read": "12400"},
        ],
        "fuels": [{"fuel": "natural_gas", "fuel_consumption": "412.6"}],
    },
}  # fmt: skip
"""A year of a 100 MW plant, as designed."""


def load() -> None:
    """The library's first batch, what was designed since, one project in validation, one in public notice."""
    crew = CcerActors()
    forests = [_candidate(crew, city, SINK, number) for number, city in enumerate(FORESTS)]
    plants = [_candidate(crew, city, SUN, number) for number, city in enumerate(SUNNY)]
    for project in (*forests, *plants):
        data = {"batch": "第一批", "words": AGREED}
        with at(date(2024, 3, 12)):
            proposal = perform("ccer.admit", crew.officer, project, data).proposal
            if proposal is not None:
                decide(proposal, crew.director, True, AGREED)
    for project in forests[:4]:
        _design(crew, project, _forest(1000 + 400 * project.pk % 1200), date(2024, 4, 16))
    for project in plants[:3]:
        _design(crew, project, PLANT, date(2024, 5, 14))
    _notice(crew, forests[0], date(2024, 5, 20))
    day = date(2024, 6, 24)
    with at(day):
        # The actor with the assignments of that day.
        from tanzhi.organisations.people.model import Person
        from tanzhi.organisations.people.roles import actor_of

        perform(
            "ccer.begin_validation", actor_of(Person.objects.get(pk=crew.bodies["V1"].person_id or 0), day), forests[0]
        )
    _notice(crew, plants[0], date(2024, 7, 2), "VC")


class CcerActors:
    """Who acts: owners by city, two bodies, the province."""

    def __init__(self) -> None:
        self.officer, self.director = acting("officer"), acting("director")
        body = {"code": "VC", "zh": "示例认证中心", "en": "Certification centre (example)", "kind": "verifier"}
        whole = body | {"region": home().code, "since": SINCE.isoformat()}
        perform("organisations.register", Actor.platform(), data=whole)
        second = employ(Actor.platform(), "certifier", "审定核查员（示例）", "verifier", "VC")
        self.bodies = {"V1": acting("verifier"), "VC": second}
        content = BytesIO("示例文件（合成）\n".encode())
        self.paper = str(receive(content, "示例文件.txt", "text/plain").file.sha256)

    def owner(self, project: CreditProject) -> Actor:
        return self.of(project.owner.code)

    def of(self, code: str) -> Actor:
        """Who acts for an owner."""
        return acting("owner" if code == "O1" else f"owner.{code[1:]}")


def at(day: date) -> Any:
    return clock.at(datetime.combine(day, time(10), timezone.get_current_timezone()))


def _candidate(crew: CcerActors, city: str, methodology: str, number: int) -> CreditProject:
    region = Region.objects.get(code=city)
    if methodology == SINK and number == 0:
        zh, en, scale = f"{region.name_zh}{ZIWULING}", "Rebuilding a Ziwuling, phase I (example)", "造林约 1 万公顷"
    elif methodology == SINK:
        zh = f"{region.name_zh}造林碳汇项目（示例{number:02d}）"
        en = f"{region.name_en} afforestation (example {number:02d})"
        scale = f"造林 {900 + 130 * number} 公顷"
    else:
        zh = f"{region.name_zh}光热发电项目（示例{number + 1:02d}）"
        en = f"{region.name_en} solar thermal power (example {number + 1:02d})"
        scale = "装机 100 兆瓦"
    code, _ = owner_of(region)
    data = {"owner": code, "region": city, "methodology": methodology, "zh": zh, "en": en, "scale": scale}
    with at(date(2024, 1, 22 if methodology == SINK else 24)):
        project: CreditProject = perform("ccer.propose", crew.of(code), data=data).result
    return project


def _forest(hectares: int) -> dict[str, Any]:
    """Five years of two strata by their growth curves."""
    areas = {"油松": ("chinese_pine", hectares * 6 // 10, PINE), "刺槐": ("hard_broadleaf", hectares * 4 // 10, LOCUST)}
    strata = [
        {
            "stratum": name, "species": species, "area": str(area), "volume_at_start": "0",
            "volume_at_end": str(curve.volume(5)),
        }
        for name, (species, area, curve) in areas.items()
    ]  # fmt: skip
    return {
        "built_from": "2021-03-20", "credited_from": "2021-04-01", "credited_to": "2041-03-31", "year": 2024,
        "elsewhere": "none", "covered": "no", "design": {"years": "5", "strata": strata},
    }  # fmt: skip


def _design(crew: CcerActors, project: CreditProject, design: dict[str, Any], day: date) -> None:
    with at(day):
        perform("ccer.state_design", crew.owner(project), project, design)


def _notice(crew: CcerActors, project: CreditProject, day: date, body: str = "V1") -> None:
    data = {"body": body, "document": crew.paper, "commitment": crew.paper}
    with at(day):
        # So that the body's people reach the owner's projects.
        contract = {"holder": body, "since": clock.today().isoformat(), "basis": "审定与核查合同（示例）"}
        perform("organisations.assign", crew.officer, project.owner, contract)
        perform("ccer.open_notice", crew.owner(project), project, data)
