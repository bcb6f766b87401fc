"""The example's penalty cases, one in every state; every act is made up, and no real enterprise is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.evidence.files import receive
from tanzhi.law.calendar.days import WORKING, due_after
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.penalties.model import Penalty

from .crew import acting, city_officer

EARLY, RECENT = date(2024, 5, 20), date(2024, 6, 17)
FACTS = "现场检查笔录、平台记录和询问笔录相互印证，事实清楚（示例）"
WORDS = "已整改，请求从轻处理（示例）"
PARTS = "2024-07-12 100000\n2024-09-17 80000\n2024-11-15 80000"
"""Of a fine of 260,000 yuan; the second day is the Mid-Autumn holiday."""


@dataclass(frozen=True, slots=True)
class PlannedPenalty:
    """One case: of whom, for what, from which day on, and the acts that bring it where it stands."""

    code: str
    offence: str
    begun: date
    acts: tuple[str, ...]
    acted: date = date(2024, 5, 6)
    gain: str = ""
    fine: str = "260000"
    ground: str = ""
    gravity: str = ""


INQUIRY = ("investigate_penalty", "notify_penalty")
HEARING = ("ask_hearing", "call_hearing", "hold_hearing")
FINE = (*INQUIRY, "defend_penalty", "decide_penalty")
CASES = (
    PlannedPenalty("P05", "no_records", date(2024, 7, 8), ()),
    PlannedPenalty("P07", "not_disclosed", date(2024, 7, 8), INQUIRY[:1]),
    PlannedPenalty("P02", "not_disclosed", date(2024, 7, 8), INQUIRY),
    PlannedPenalty("V3", "false_service", RECENT, (*INQUIRY, "defend_penalty"), gain="0"),
    PlannedPenalty("P10", "no_control_plan", date(2024, 7, 4), (*INQUIRY, HEARING[0])),
    PlannedPenalty("P11", "not_disclosed", date(2024, 7, 2), (*INQUIRY, *HEARING[:2])),
    PlannedPenalty("P14", "no_records", RECENT, (*INQUIRY, *HEARING), gravity="complex"),
    PlannedPenalty("P16", "not_reported", RECENT, FINE),
    PlannedPenalty("P02", "no_control_plan", RECENT, (*FINE, "deliver_penalty", "pay_part")),
    PlannedPenalty(
        "P15", "not_disclosed", RECENT, (*FINE, "deliver_penalty"), fine="30000", ground="harm_removed",
    ),
    PlannedPenalty("P17", "no_records", RECENT, (*FINE, "deliver_penalty", "ask_instalments")),
    PlannedPenalty(
        "P18", "not_reported", RECENT,
        (*FINE, "deliver_penalty", "ask_instalments", "answer_instalments", "pay_part"),
    ),
    PlannedPenalty("P19", "not_disclosed", EARLY, (*FINE, "deliver_penalty", "challenge_penalty")),
    PlannedPenalty("P20", "not_reported", EARLY, (*FINE, "deliver_penalty", "pay_penalty", "publish_penalty")),
    PlannedPenalty(
        "P22", "not_surrendered", EARLY, (*FINE, "deliver_penalty", "publish_penalty", "pay_penalty", "close_penalty"),
        acted=date(2023, 12, 31), fine="25000",
    ),
    PlannedPenalty("P23", "no_records", EARLY, ("end_penalty",)),
    PlannedPenalty("P24", "manipulation", EARLY, (INQUIRY[0], "hand_over"), gain="0"),
    PlannedPenalty("P21", "not_disclosed", EARLY, (*FINE, "deliver_penalty", "challenge_penalty", "settle_penalty")),
)  # fmt: skip
DAYS = {
    "investigate_penalty": 2, "end_penalty": 3, "hand_over": 3, "notify_penalty": 3, "defend_penalty": 5,
    "ask_hearing": 6, "call_hearing": 7, "hold_hearing": 15, "decide_penalty": 9, "deliver_penalty": 11,
    "publish_penalty": 12, "ask_instalments": 12, "answer_instalments": 13, "pay_part": 14,
    "pay_penalty": 14, "challenge_penalty": 14, "settle_penalty": 26,
    "close_penalty": 16,
}  # fmt: skip
"""Working days after the opening on which each act is done."""


def load() -> None:
    """Cases in every state, opened by cities, decided by the province, stated and paid by their parties."""
    for planned in CASES:
        _worked(planned)


def _worked(planned: PlannedPenalty) -> None:
    party = Organisation.objects.select_related("region").get(code=planned.code)
    city = acting("officer") if party.kind == "verifier" else city_officer(party.region.code)
    data = {
        "organisation": planned.code, "offence": planned.offence, "acted_on": planned.acted,
        "found_on": planned.begun, "text": "日常监管中发现，涉嫌违法（示例）",
    }  # fmt: skip
    with clock.at(_noon(planned.begun)):
        case: Penalty = perform("verification.open_penalty", city, data=data).result
    for act in planned.acts:
        on = due_after(planned.begun, DAYS[act], WORKING)
        with clock.at(_noon(on)):
            case.refresh_from_db()
            name, actor, stated = _step(act, planned, case, on)
            outcome = perform(f"verification.{name}", actor, case, stated)
            if outcome.proposal is not None:
                decide(outcome.proposal, acting("director"))


def _step(act: str, planned: PlannedPenalty, case: Penalty, on: date) -> tuple[str, Actor, dict[str, Any]]:
    """The action, who does it, and what he states."""
    officer, party = acting("officer"), acting("v3.lead" if planned.code == "V3" else f"{planned.code.lower()}.head")
    investigator = acting("officer") if planned.code == "V3" else city_officer(case.organisation.region.code)
    paid = {"paid_on": on, "amount": planned.fine, "document": f"JK-{case.pk:04}"}
    steps: dict[str, tuple[str, Actor, dict[str, Any]]] = {
        "investigate_penalty": (act, investigator, _facts(planned, investigator)),
        "notify_penalty": (
            act,
            officer,
            {
                "proposed": planned.fine,
                "order": "限十五日内改正（示例）",
                "grounds": "违法事实清楚，证据确凿（示例）",
                "ground": planned.ground,
                "gravity": planned.gravity,
            },
        ),
        "defend_penalty": (act, party, {"statement": WORDS}),
        "ask_hearing": (act, party, {"statement": "对事实认定有异议，请求听证（示例）"}),
        "call_hearing": (
            act,
            officer,
            {"hearing_on": due_after(on, 7, WORKING), "hearing_place": "省厅三楼会议室（示例）"},
        ),
        "hold_hearing": (act, officer, {"hearing": "双方就事实和证据陈述、质证（示例）"}),
        "decide_penalty": (
            act,
            officer,
            {
                "outcome": "fine",
                "fine": planned.fine,
                "reason": "事实清楚，配合调查（示例）",
                "ground": planned.ground,
            },
        ),
        "deliver_penalty": (act, officer, {"delivered_on": on}),
        "ask_instalments": (
            act,
            party,
            {"parts": PARTS, "reason": "企业亏损，流动资金紧张，申请分三期缴纳（示例）"},
        ),
        "answer_instalments": (act, officer, {"outcome": "granted", "reason": "财务报表证明确有经济困难（示例）"}),
        "pay_part": ("pay_penalty", party, paid | {"amount": "100000"}),
        "pay_penalty": (act, party, paid),
        "challenge_penalty": (
            act,
            party,
            {"challenge": "reconsideration", "challenged_on": on, "text": "请求撤销处罚决定（示例）"},
        ),
        "settle_penalty": (
            act,
            officer,
            {"outcome": "revoked", "settled_on": on, "reason": "复议机关认为事实不清（示例）"},
        ),
        "end_penalty": (
            act,
            officer,
            {"outcome": "no_fine", "reason": "初次违法，及时改正，危害后果轻微（示例）", "ground": "first_minor"},
        ),
        "hand_over": (
            "end_penalty",
            officer,
            {"outcome": "handed_over", "reason": "由国务院生态环境主管部门处罚（示例）"},
        ),
    }
    return steps.get(act, (act, officer, {}))


def _facts(planned: PlannedPenalty, investigator: Actor) -> dict[str, Any]:
    """What the investigation found, with its record as a file."""
    record = f"{planned.code} 现场检查笔录（示例）".encode()
    file = receive(BytesIO(record), "现场检查笔录（示例）.txt", "text/plain", investigator.person_id or 0).file
    facts = {
        "investigators": "示例执法员甲（证号示例1）、示例执法员乙（证号示例2）",
        "facts": FACTS,
        "files": [file.sha256],
    }
    return facts | ({"illegal_gain": planned.gain} if planned.gain else {})


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
