"""The example's emissions made public: what plants disclosed themselves, and what the province did of 2023.

Two disclosures of the province are public, in a third a secret is claimed. Two plants were late, two disclosed nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.disclosure.model import EmissionDisclosure
from tanzhi.streams.verification.own_disclosure.duties import duties

from .crew import acting
from .data import read

YEAR = 2023
PUBLIC = {
    # after which plant's verification: prepared and shown, decided, the document
    10: (date(2024, 5, 31), date(2024, 6, 11), "甘环公告〔2024〕示例3号"),
    17: (date(2024, 6, 18), date(2024, 6, 26), "甘环公告〔2024〕示例4号"),
}
CIRCULATED, CLAIMED = {20: date(2024, 7, 8)}, date(2024, 7, 12)
REASON = "机组构成可推算在建项目的投资安排，尚未对外披露（示例）"
RECORDED, LATE, NOT_DISCLOSED = date(2024, 3, 22), ("P21", "P22"), ("P23", "P24")


def disclosed_by_plants() -> None:
    """Each plant's own disclosures of the years whose reports are deposited, recorded by its clerk."""
    with clock.at(_noon(RECORDED)):
        for duty in duties(Organisation.objects.filter(code__startswith="P", kind="enterprise")):
            code = duty.organisation.code
            if code in NOT_DISCLOSED or duty.record is not None:
                continue
            data = {
                "organisation": code,
                "year": duty.year,
                "channel": "environment",
                "address": f"https://example.org/{code.lower()}/{duty.year}",
                "disclosed_on": date(duty.year + 1, 3, 21 if code in LATE else 12),
            }
            perform("verification.record_own_disclosure", acting(f"{code.lower()}.clerk"), data=data)


def disclose_after(number: int) -> None:
    """What is made public once the verification of the plant of this number is final."""
    if number in PUBLIC:
        on, decided_on, document = PUBLIC[number]
        disclosure = _circulated(on)
        with clock.at(_noon(decided_on)):
            proposal = perform(
                "verification.publish_disclosure", acting("officer"), disclosure, {"document": document}
            ).proposal
            if proposal is not None:
                decide(proposal, acting("director"))
    if number in CIRCULATED:
        disclosure = _circulated(CIRCULATED[number])
        row = disclosure.rows.select_related("organisation").earliest("organisation__code")
        head = acting(f"{row.organisation.code.lower()}.head")
        with clock.at(_noon(CLAIMED)):
            perform("verification.claim_secret", head, row, {"parts": ["facilities"], "reason": REASON})


def _circulated(on: date) -> EmissionDisclosure:
    """Prepared on a day, with every final result that is not public yet, and shown to its enterprises."""
    home = read("regions.yaml")["province"]["code"]
    with clock.at(_noon(on)):
        data = {"region": home, "year": YEAR, "sector": "power"}
        disclosure: EmissionDisclosure = perform("verification.prepare_disclosure", acting("officer"), data=data).result
        perform("verification.circulate_disclosure", acting("officer"), disclosure)
    disclosure.refresh_from_db()
    return disclosure


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
