"""A value of a procedure that two administrators enter changes the next deadline or decision, and none that began."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import CASE_TYPES
from tanzhi.examples.plants import noon
from tanzhi.filings.months import status
from tanzhi.filings.plans import form
from tanzhi.filings.reminders.duties import open_years
from tanzhi.law.coming_years import years_due
from tanzhi.law.evaluation import parameter
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.ccer.claims import Crediting
from tanzhi.rulebook.clocks import MONTH_AND_DAY, WHOLE_DATE
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.entries import Parameter
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.procedure import procedure
from tanzhi.streams.ccer import issuance, registration
from tanzhi.streams.finance import application, review
from tanzhi.streams.finance.criteria import criteria
from tanzhi.streams.market.allocation.computation import base_year
from tanzhi.streams.market.compliance.proposal import offsets_on, usable
from tanzhi.streams.market.ledger.model import ALLOWANCE
from tanzhi.streams.policy.audits import work
from tanzhi.streams.verification.cases import group
from tanzhi.streams.verification.cases import work as verifying
from tanzhi.streams.verification.disclosure.deadlines import claims_end, publication_due
from tanzhi.streams.verification.own_disclosure import duties as own_duties
from tanzhi.streams.verification.penalties import acts as penalty_acts
from tanzhi.streams.verification.penalties.grounds import ground_words
from tanzhi.streams.verification.penalties.model import public_until
from tanzhi.streams.verification.penalties.reviews import needs_discussion
from tanzhi.streams.verification.penalties.settlement import last_day_of_challenge
from tanzhi.streams.verification.supervision import work as supervising
from tests.law.conftest import Enter

DAY = date(2026, 3, 2)
BEGINS = date(2026, 1, 1)
TABLES = {table.name: table for table in procedure.parameters}
BY_RECORDS = {
    "verification_staff_years": (
        "tests/streams/verification/cases/test_work.py::test_years_of_former_staff_go_by_the_value_entered"
    ),
    "verification_years_in_a_row": (
        "tests/streams/verification/cases/test_work.py::test_years_in_a_row_go_by_the_value_entered"
    ),
    "verification_quiet_years": (
        "tests/streams/verification/cases/test_work.py::test_years_without_a_finding_go_by_the_value_entered"
    ),
    "library_independent_years": (
        "tests/streams/finance/test_review.py::test_years_apart_from_the_owner_go_by_the_value_entered"
    ),
    "yearly_change": "tests/filings/months/test_history.py::test_a_year_is_compared_with_the_year_before",
    "yearly_intensity_change": "tests/filings/months/test_history.py::test_a_year_is_compared_with_the_year_before",
    "month_amount_swing": "tests/filings/months/test_history.py::test_swings_are_asked_about_by_the_values_entered",
    "month_intensity_swing": "tests/filings/months/test_history.py::test_swings_are_asked_about_by_the_values_entered",
    "equal_share": "tests/filings/months/test_history.py::test_which_share_of_equal_numbers_is_asked_about_is_entered",
    "laboratory_report_required": (
        "tests/filings/laboratory/test_reports.py::test_whether_a_report_is_needed_is_entered"
    ),
    "equal_fields": "tests/filings/months/test_history.py::test_how_many_equal_fields_are_asked_about_is_entered",
}
"""Read among stored records: the test of the room that enters one."""


def case(**fields: Any) -> Any:
    return SimpleNamespace(**fields)


def call(**data: Any) -> Any:
    """An act of the day, which keeps what is attached to it."""
    attached: dict[str, Any] = {}
    return case(today=DAY, now=clock.now(), data=case(**data), attached=attached, attach=attached.__setitem__)


def refusal(act: Callable[[], Any]) -> str:
    """What an act is refused for, in words; nothing where it is not."""
    with suppress(AttributeError):
        try:
            act()
        except Refused as refused:
            return f"{refused.code} {refused.message.en}"
    return ""


def archived() -> dict[str, Any]:
    act = call(archive_number="1")
    verifying.archive(act, case())
    return dict(act.attached)


def may_enter(*scores: int) -> str:
    opinions = [case(score=score, round=1) for score in scores]
    return refusal(lambda: review.may_enter(call(), case(opinions=case(all=lambda: opinions))))


def applied_for() -> str:
    """Of a period that began before anything may be claimed."""
    crediting = Crediting(date(2019, 1, 1), date(2029, 1, 1))
    report = case(verified=1, project=case(crediting=crediting), first=date(2019, 2, 1), last=date(2025, 1, 1))
    return refusal(lambda: issuance.may_be_applied_for(call(amount=1), report))


AFFORESTATION = "CCER-14-001-V01"


def crediting(until: date) -> str:
    """Of a design whose period is too short or too long."""
    stated = {"built_from": DAY, "elsewhere": "none", "covered": "no", "credited_from": date(2026, 1, 1)}
    design = call(credited_to=until, **stated)
    return refusal(lambda: registration.state_design(design, case(methodology=AFFORESTATION)))


PLANT = Organisation(pk=0, sector="power")
PROBES: dict[str, Callable[[], Any]] = {
    "verification_group": lambda: refusal(lambda: group._people([1], DAY)),
    "verification_archive_years": archived,
    "verification_done": lambda: verifying.verified_by(
        call(), case(year=2025, organisation=Organisation(pk=0, sector="power"))
    ),
    "library_experts": may_enter,
    "library_points": lambda: may_enter(30, 30),
    "library_spread": lambda: may_enter(100, 0),
    "library_least_investment": lambda: refusal(lambda: application.refuse_unlikely(Decimal(1), DAY)),
    "library_most_investment": lambda: refusal(lambda: application.refuse_unlikely(Decimal(10) ** 9, DAY)),
    "library_criterion_points": lambda: criteria(DAY),
    "pilot_list_months": lambda: limit_of("policy.pilot", "task_list").last_day(call(), case(named_on=DAY)),
    "pilot_plan_months": lambda: limit_of("policy.pilot", "plan").last_day(call(), case(named_on=DAY)),
    "task_answer_days": lambda: limit_of("policy.task", "answer").last_day(call(days=None), case()),
    "audit_experts": lambda: refusal(lambda: work.assess_audit.do(call(experts=1, assessed_on=DAY), case())),
    "penalty_limitation_years": lambda: refusal(
        lambda: penalty_acts.open_case(
            call(found_on=DAY, acted_on=date(2020, 1, 1), fined="unit", offence="no_records")
        )
    ),
    "penalty_investigators": lambda: refusal(
        lambda: penalty_acts.investigate(call(investigators="A", mean_price=None), case())
    ),
    "penalty_hearing_request_days": lambda: penalty_acts.last_day_to_ask(case(notified_on=DAY)),
    "penalty_hearing_notice_days": lambda: refusal(lambda: penalty_acts.call_hearing(call(hearing_on=DAY), case())),
    "penalty_hearing_from": lambda: penalty_acts.may_be_heard(case(proposed="200000"), DAY),
    "penalty_payment_days": lambda: penalty_acts.last_day_to_pay(DAY),
    "penalty_reconsideration_days": lambda: last_day_of_challenge(case(delivered_on=DAY), "reconsideration"),
    "penalty_suit_months": lambda: last_day_of_challenge(case(delivered_on=DAY), "suit"),
    "penalty_discussion_from": lambda: needs_discussion(case(gravity="", proposed="500000"), DAY),
    "penalty_reduction_article": lambda: ground_words("harm_removed", DAY).zh,
    "penalty_no_fine_article": lambda: ground_words("minor_corrected", DAY).zh,
    "penalty_public_years": lambda: public_until(DAY),
    "disclosure_days": lambda: publication_due(DAY),
    "disclosure_claim_days": lambda: claims_end(DAY),
    "own_disclosure_due": lambda: own_duties.due_on(2025),
    "body_evaluation_due": lambda: supervising.public_by(2025),
    "ccer_notice_days": lambda: registration.notice_end(DAY),
    "ccer_claim_months": applied_for,
    "ccer_arises_after": applied_for,
    "ccer_built_after": lambda: refusal(
        lambda: registration.state_design(call(built_from=date(2000, 1, 1)), case(methodology=AFFORESTATION))
    ),
    "ccer_least_years": lambda: crediting(date(2026, 1, 1)),
    "ccer_most_years": lambda: crediting(date(2099, 1, 1)),
    "calendar_reminder": lambda: years_due(date(2026, 11, 15)),
    "deposit_days": lambda: status.due_on("power.month", "2026-02"),
    "report_due": lambda: status.due_on("power.annual", "2025"),
    "regional_days": lambda: status.due_on("inventory_energy.annual", "2025"),
    "plan_due": lambda: form.due_on(2027),
    "surrender_years_after": lambda: open_years(date(2028, 6, 1)),
    "surrender_due": lambda: open_years(date(2027, 12, 15)),
    "base_years_back": lambda: base_year(2026),
    "arrears_opened": lambda: usable(case(kind=ALLOWANCE, last_year=2024), case(last_year=2023), DAY),
    "new_credits_from": lambda: offsets_on(DAY),
    "old_credits_until": lambda: offsets_on(DAY),
    "pre_allocation_due": lambda: limit_of("registry.run", "issue").last_day(call(), case(year=2025, stage="pre")),
    "allocation_due": lambda: limit_of("registry.run", "issue").last_day(call(), case(year=2025, stage="final")),
    "allocation_decided_due": lambda: limit_of("registry.run", "decide").last_day(
        call(), case(year=2025, stage="final")
    ),
}


def limit_of(kind: str, code: str) -> Any:
    return CASE_TYPES[kind].limits[code]


def limits() -> Iterator[tuple[str, Any]]:
    """Every deadline of every kind of work that names a parameter, with the parameter's own name."""
    for kind in CASE_TYPES.values():
        for limit in kind.limits.values():
            if isinstance(limit.days, str):
                yield limit.days.removeprefix("procedure."), limit


def observed(name: str) -> Any:
    """The deadlines that the parameter counts, and what its room computes or decides with it on the day."""
    days = [limit.last_day(call(), case()) for own, limit in limits() if own == name]
    probe = PROBES.get(name)
    return days, probe() if probe else None


def other_value(table: Parameter, value: Decimal) -> str:
    """A value that may stand in the place of the one in force."""
    if table.unit == MONTH_AND_DAY:
        return "1130" if value != Decimal("1130") else "1129"
    if table.unit == WHOLE_DATE:
        return plain(value - 100**2)
    return plain(value + 1) if table.whole else plain(value * 2)


@pytest.fixture
def on_the_day() -> Iterator[None]:
    with clock.at(noon(DAY)):
        yield


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_value_entered_by_two_changes_the_next_deadline_or_decision(name: str, enter: Enter) -> None:
    table = TABLES[name]
    first = table.entries[0]
    keys = {key: codes[0] for key, codes in first.keys.items()}
    value, day_before = parameter(f"procedure.{name}", on=DAY, **keys), date(2025, 12, 31)
    earlier = parameter(f"procedure.{name}", on=day_before, **keys)
    before = observed(name)
    enter(guideline="procedure", parameter=name, keys=keys, value=other_value(table, value),
          unit=table.unit, since=BEGINS.isoformat(), supersedes=True, source="公告第7号，二")  # fmt: skip
    assert parameter(f"procedure.{name}", on=DAY, **keys) != value
    assert parameter(f"procedure.{name}", on=day_before, **keys) == earlier  # what was law on earlier days stays it
    assert (observed(name) != before) is (name not in BY_RECORDS)


def test_every_value_is_offered_to_administrators_with_a_filled_form_and_to_nobody_else(
    signed_in: Callable[[str], Client],
) -> None:
    page = reverse("web:guideline", args=["procedure"])
    html = signed_in("administrator").get(page).content.decode()
    offered = [
        dict(parse_qsl(urlsplit(unescape(a)).query)) for a in re.findall(r'href="([^"]*enter_parameter[^"]*)"', html)
    ]
    assert Counter(one["parameter"] for one in offered) == Counter(
        {name: len(table.entries) for name, table in TABLES.items()}
    )
    assert {one["unit"] for one in offered} == {table.unit for table in TABLES.values()}
    assert "enter_parameter" not in signed_in("provincial_officer").get(page).content.decode()


def test_each_test_among_records_stands_there() -> None:
    for file, _, name in (place.partition("::") for place in BY_RECORDS.values()):
        assert f"def {name}(" in (Path(__file__).parents[2] / file).read_text("utf-8"), name


def test_whatever_no_deadline_and_no_probe_reads_is_read_among_records() -> None:
    counted = {name for name, _ in limits()}
    assert set(TABLES) == counted | set(PROBES) | set(BY_RECORDS)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("report_due", "229", "every year"),
        ("report_due", "1331", "every year"),
        ("report_due", "331.5", "every year"),
        ("new_credits_from", "20240230", "a day"),
        ("verification_group", "2.5", "a whole number"),
    ],
)
def test_a_value_that_names_no_day_or_no_whole_number_is_refused(
    name: str, value: str, expected: str, enter: Enter
) -> None:
    with pytest.raises(Refused, match="LAW-VALUE") as refused:
        enter(guideline="procedure", parameter=name, keys={}, value=value, unit=TABLES[name].unit,
              since=BEGINS.isoformat(), supersedes=True, source="公告第7号，二")  # fmt: skip
    stated = refused.value.findings[0].expected
    assert isinstance(stated, Text)
    assert expected in stated.en
