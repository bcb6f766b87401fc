"""What follows from the example's verifications: the next list of key emission units, the evaluation of the bodies."""

from __future__ import annotations

from datetime import date

from tanzhi.actions import clock
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.examples.plants import noon
from tanzhi.streams.verification.supervision.model import BodyEvaluation

from .crew import acting, home
from .verification import BODIES, YEAR

NEXT_LIST = 2025  # by the verification of 2023


def load() -> None:
    """Both bodies' year is proposed; one has stated and is decided and published, the other may still state."""
    region = home().code
    with clock.at(noon(date(2024, 7, 12))):
        perform("verification.draw_up_list", acting("officer"), data={"region": region, "year": NEXT_LIST})
        for body in BODIES:
            data = {"region": region, "body": body, "year": YEAR}
            perform("verification.propose_evaluation", acting("officer"), data=data)
    heard = BodyEvaluation.objects.select_related("body", "region").get(body__code="V3")
    with clock.at(noon(date(2024, 7, 15))):
        statement = "线索所涉月份不在抽样范围，已完善抽样办法（示例）"
        perform("verification.state_on_evaluation", acting("v3.lead"), heard, {"statement": statement})
        decision = {"outcome": heard.proposed, "reason": "机构说明不改变线索查实的事实，按得分认定（示例）"}
        outcome = perform("verification.decide_evaluation", acting("officer"), heard, decision)
        if outcome.proposal is not None:
            decide(outcome.proposal, acting("director"))
    with clock.at(noon(date(2024, 7, 16))):
        letter = {"document": "甘环公告〔2024〕示例2号"}
        perform("verification.publish_evaluation", acting("officer"), heard, letter)
