"""A penalty from its opening to its publication; and what it refuses, by code, with nothing half-done.

Late surrender of 1,000 t at 90 yuan on 31 December 2024: 450,000 to 900,000 yuan by the Regulations, article 24. The
days of 2025 were counted by hand on the State Council's calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.office.letters.model import Letter
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.streams.verification.penalties.fines import balance_of, day_of_law, range_on
from tanzhi.streams.verification.penalties.model import Penalty
from tests.factories import World
from tests.refusing import refused
from tests.streams.verification.conftest import day
from tests.streams.verification.penalties.conftest import FACTS, NOTICE, decided_by_two, opening, paid, proof

pytestmark = pytest.mark.django_db

Stage = Callable[..., Penalty]


# --- the way ----------------------------------------------------------------------------------------------------


def test_a_case_goes_from_its_facts_to_a_paid_and_published_fine(
    delivered: Penalty, approver: Actor, officer: Actor
) -> None:
    assert (delivered.law_day, delivered.range_least, delivered.range_greatest) == (
        date(2024, 12, 31), "450000.00", "900000.00",
    )  # fmt: skip
    assert delivered.due_on == date(2025, 4, 1)
    letters = Letter.objects.filter(case=delivered.reference).order_by("pk").values_list("code", flat=True)
    assert list(letters) == ["verification.penalty_notice", "verification.penalty_decision"]
    with day(4, 1, 2025):
        paid(delivered, approver, "2025-04-01", "480000", "R1")
        assert delivered.state == "paid"
        perform("verification.publish_penalty", officer, delivered)
        perform("verification.close_penalty", officer, delivered)
        delivered.refresh_from_db()
        assert (delivered.state, delivered.public_until) == ("closed", date(2028, 4, 1))
    for on, count in ((date(2025, 3, 31), 0), (date(2025, 4, 1), 1), (date(2028, 4, 1), 1), (date(2028, 4, 2), 0)):
        assert Penalty.objects.public_on(on).count() == count


def test_the_party_sees_its_case_from_the_notice_on_and_strangers_never(
    investigated: Penalty, officer: Actor, approver: Actor, stranger: Actor
) -> None:
    assert investigated.seen_by(officer)
    assert not investigated.seen_by(approver)
    with day(3, 5, 2025):
        perform("verification.notify_penalty", officer, investigated, NOTICE)
    investigated.refresh_from_db()
    assert investigated.seen_by(approver)
    assert not investigated.seen_by(stranger)


def test_a_hearing_is_asked_for_called_held_by_another_and_then_decided(
    notified: Penalty, approver: Actor, officer: Actor, director: Actor, second_officer: Actor
) -> None:
    with day(3, 12, 2025):  # the fifth working day
        perform("verification.ask_hearing", approver, notified, {"statement": "请求听证"})
    with day(3, 13, 2025):
        early = {"hearing_on": "2025-03-21", "hearing_place": "兰州"}
        with refused("PEN-HEARING-SOON"):
            perform("verification.call_hearing", officer, notified, early)
        perform("verification.call_hearing", officer, notified, early | {"hearing_on": "2025-03-24"})
    record = {"hearing": "双方陈述、质证"}
    with day(3, 21, 2025), refused("PEN-HEARING-DAY"):
        perform("verification.hold_hearing", director, notified, record)
    with day(3, 24, 2025):
        perform("verification.hold_hearing", director, notified, record)
        passed = {"outcome": "passed", "reason": "事实清楚，程序合法"}
        perform("verification.review_penalty", second_officer, notified, passed)
        heard = [{"held_on": "2025-03-24", "members": "王某、赵某", **passed}, {"hearing_basis": "欠缴数量无争议"}]
        perform("verification.discuss_penalty", director, notified, heard[0])
        heavier = {"outcome": "fine", "fine": "490000.01", "reason": "情节严重", **heard[1]}
        with refused("PEN-HEAVIER"):
            perform("verification.decide_penalty", officer, notified, heavier)
        assert decided_by_two(notified, officer, director, **heard[1]).fine == "480000"


@pytest.mark.parametrize("outcome", ["no_fine", "handed_over"])
def test_a_case_may_end_without_a_fine_by_two(opened: Penalty, officer: Actor, director: Actor, outcome: str) -> None:
    stated = {"outcome": outcome, "reason": "事实不成立", "ground": "unproven" if outcome == "no_fine" else ""}
    with day(3, 10, 2025):
        proposal = perform("verification.end_penalty", officer, opened, stated).proposal
        assert proposal is not None
        decide(proposal, director)
    opened.refresh_from_db()
    assert (opened.state, opened.fine, opened.notified_on) == (outcome, "", None)


def offered(actor: Actor, case: Penalty) -> list[str]:
    """Which of publishing and withdrawing a page offers."""
    names = ("verification.publish_penalty", "verification.withdraw_penalty")
    return [button.name for button in buttons(actor, names, case)]


# --- refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"found_on": "2026-01-01"}, "PEN-FUTURE"),
        ({"found_on": "2024-12-30"}, "PEN-FOUND"),
        ({"acted_on": "2022-12-31", "found_on": "2025-01-01"}, "PEN-EXPIRED"),
        ({"acted_on": "2024-04-30", "offence": "no_records"}, "PEN-LAW"),
        ({"fined": "person"}, "PEN-LAW"),
        ({"origin": "verification.clue:0"}, "PEN-ORIGIN"),
    ],
)
def test_a_case_is_not_opened_for(world: World, city_officer: Actor, data: dict[str, Any], code: str) -> None:
    with day(3, 3, 2025):
        stated = opening(world, **data)
        with refused(code):
            perform("verification.open_penalty", city_officer, data=stated)
    assert not Penalty.objects.exists()


def test_two_years_to_the_day_are_in_time(world: World, city_officer: Actor) -> None:
    with day(3, 3, 2025):
        stated = opening(world, acted_on="2023-01-02", found_on="2025-01-02")
        assert perform("verification.open_penalty", city_officer, data=stated).result.state == "opened"


def test_one_investigator_and_a_price_without_a_source_do_not_do(opened: Penalty, city_officer: Actor) -> None:
    files = {"files": [proof(city_officer)]}
    for data, code in (({"investigators": "张三"}, "PEN-INVESTIGATORS"), ({"price_source": ""}, "PEN-PRICE")):
        stated = FACTS | data | files
        with refused(code):
            perform("verification.investigate_penalty", city_officer, opened, stated)
    opened.refresh_from_db()
    assert opened.facts == ""


@pytest.mark.parametrize(
    ("amount", "code"), [("449999.99", "PEN-AMOUNT"), ("450000", ""), ("900000", ""), ("900000.01", "PEN-AMOUNT")]
)
def test_what_is_proposed_lies_in_the_range(investigated: Penalty, officer: Actor, amount: str, code: str) -> None:
    with day(3, 5, 2025), refused(code) if code else nullcontext():
        perform("verification.notify_penalty", officer, investigated, NOTICE | {"proposed": amount})
    investigated.refresh_from_db()
    assert investigated.state == ("investigated" if code else "notified")


def test_without_the_price_of_the_month_nothing_is_proposed(
    opened: Penalty, city_officer: Actor, officer: Actor
) -> None:
    with day(3, 4, 2025):
        data = FACTS | {"mean_price": None, "price_source": "", "files": [proof(city_officer)]}
        perform("verification.investigate_penalty", city_officer, opened, data)
        with refused("PEN-FACTS"):
            perform("verification.notify_penalty", officer, opened, NOTICE)


def test_the_law_of_the_day_of_the_act_counts_and_a_lighter_one_of_today(
    world: World, officer: Actor, city_officer: Actor
) -> None:
    """Not disclosing in July 2026 is 50,000 to 500,000 yuan; once the Code is in force, 20,000 to 200,000."""
    with day(7, 20, 2026):
        stated = opening(world, offence="not_disclosed", acted_on="2026-07-01", found_on="2026-07-10")
        case = perform("verification.open_penalty", city_officer, data=stated).result
        data = {"investigators": "张三、李四", "facts": "没有公开", "files": [proof(city_officer)]}
        perform("verification.investigate_penalty", city_officer, case, data)
    light = NOTICE | {"proposed": "20000"}
    with day(8, 14, 2026), refused("PEN-AMOUNT"):
        perform("verification.notify_penalty", officer, case, light)
    with day(8, 15, 2026):
        assert perform("verification.notify_penalty", officer, case, light).result.state == "notified"
    case.refresh_from_db()
    shown = {on: range_on(case, day_of_law(case, on)) for on in (date(2026, 8, 14), date(2026, 8, 15))}  # by the page
    sums = {on: fines.sums if fines else None for on, fines in shown.items()}
    assert sums == {date(2026, 8, 14): (50_000, 500_000), date(2026, 8, 15): (20_000, 200_000)}


def test_an_act_before_the_regulations_stays_under_the_measures_and_is_too_small_for_a_hearing(
    world: World, officer: Actor, city_officer: Actor, approver: Actor
) -> None:
    with day(3, 3, 2025):
        stated = opening(world, acted_on="2024-04-30")
        case = perform("verification.open_penalty", city_officer, data=stated).result
        perform("verification.investigate_penalty", city_officer, case, FACTS | {"files": [proof(city_officer)]})
        for amount, code in (("30000.01", "PEN-AMOUNT"), ("19999.99", "PEN-AMOUNT")):
            with refused(code):
                perform("verification.notify_penalty", officer, case, NOTICE | {"proposed": amount})
        perform("verification.notify_penalty", officer, case, NOTICE | {"proposed": "30000"})
        case.refresh_from_db()
        asks = {"statement": "请求听证"}
        with refused("PEN-NO-HEARING"):
            perform("verification.ask_hearing", approver, case, asks)


def test_manipulation_is_for_the_ministry(world: World, officer: Actor, city_officer: Actor) -> None:
    with day(3, 3, 2025):
        case = perform("verification.open_penalty", city_officer, data=opening(world, offence="manipulation")).result
        data = {"investigators": "张三、李四", "facts": "对倒交易", "illegal_gain": "0", "files": [proof(city_officer)]}
        perform("verification.investigate_penalty", city_officer, case, data)
        with refused("PEN-MINISTRY"):
            perform("verification.notify_penalty", officer, case, NOTICE)


def test_a_statement_after_its_period_is_late_and_nothing_is_decided_before(
    notified: Penalty, approver: Actor, officer: Actor
) -> None:
    stated = {"outcome": "fine", "fine": "480000", "reason": "配合调查"}
    with day(3, 12, 2025), refused("PEN-WAIT"):
        perform("verification.decide_penalty", officer, notified, stated)
    with day(3, 13, 2025):
        words = {"statement": "正在补缴"}
        with refused("PEN-LATE"):
            perform("verification.defend_penalty", approver, notified, words)
        with refused("PEN-LATE"):
            perform("verification.ask_hearing", approver, notified, words)
    with day(3, 12, 2025):
        perform("verification.defend_penalty", approver, notified, words)
    notified.refresh_from_db()
    assert notified.state == "defended"


def test_who_investigated_decides_nothing_and_two_decide_once(
    investigated: Penalty, officer: Actor, director: Actor, second_officer: Actor
) -> None:
    with day(3, 4, 2025):
        perform("verification.investigate_penalty", officer, investigated, FACTS | {"files": [proof(officer)]})
    with day(3, 5, 2025):
        perform("verification.notify_penalty", officer, investigated, NOTICE)
    investigated.refresh_from_db()
    stated = {"outcome": "fine", "fine": "480000", "reason": "配合调查"}
    with day(3, 13, 2025):
        with refused("PEN-OWN"):
            perform("verification.decide_penalty", officer, investigated, stated)
        first = perform("verification.decide_penalty", second_officer, investigated, stated).proposal
        assert first is not None
        decide(first, director)
        with pytest.raises(Refused):
            decide(first, director)
    investigated.refresh_from_db()
    assert investigated.state == "decided"
    assert Letter.objects.filter(code="verification.penalty_decision").count() == 1


def test_nothing_is_published_before_it_is_delivered_nor_twice(decided: Penalty, officer: Actor) -> None:
    publish = partial(perform, "verification.publish_penalty", officer, decided)
    with day(3, 17, 2025):
        with refused("ACT-STATE"):
            publish()
        for on, code in (("2025-03-12", "PEN-DELIVERY"), ("2025-03-18", "PEN-FUTURE")):
            with refused(code):
                perform("verification.deliver_penalty", officer, decided, {"delivered_on": on})
        perform("verification.deliver_penalty", officer, decided, {"delivered_on": "2025-03-17"})
        decided.refresh_from_db()
        assert offered(officer, decided) == ["verification.publish_penalty"]
        publish()
        decided.refresh_from_db()
        assert offered(officer, decided) == ["verification.withdraw_penalty"]
        with refused("PEN-PUBLISHED"):
            publish()
        perform("verification.withdraw_penalty", officer, decided, {"reason": "名称有误，重新公开"})
        decided.refresh_from_db()
        assert not Penalty.objects.public_on(date(2025, 3, 17)).exists()
        with pytest.raises(Refused):
            perform("verification.withdraw_penalty", officer, decided, {"reason": "名称有误，重新公开"})


# --- money -------------------------------------------------------------------------------------------------------


def test_late_payment_in_parts_bears_a_surcharge_on_what_is_unpaid(delivered: Penalty, approver: Actor) -> None:
    """Due on 1 April: 480,000 × 3 % × 2 days, then 180,000 × 3 % × 3 days, by hand 28,800 and 16,200."""
    with day(4, 6, 2025):
        assert balance_of(delivered, date(2025, 4, 1)).surcharge == 0
        paid(delivered, approver, "2025-04-03", "300000", "R1")
        twice = {"paid_on": "2025-04-04", "amount": "1", "document": "R1"}
        with refused("PEN-PAID"):
            perform("verification.pay_penalty", approver, delivered, twice)
        balance = balance_of(delivered, date(2025, 4, 6))
        assert (balance.surcharge, balance.due) == (Decimal("45000.00"), Decimal("225000.00"))
        over = {"paid_on": "2025-04-06", "amount": "225000.01", "document": "R2"}
        with refused("PEN-OVERPAID"):
            perform("verification.pay_penalty", approver, delivered, over)
        paid(delivered, approver, "2025-04-06", "225000", "R2")
        assert delivered.state == "paid"


def test_the_surcharge_stops_at_the_fine_itself(delivered: Penalty) -> None:
    """34 days of 3 % are more than all of it."""
    assert balance_of(delivered, date(2025, 5, 4)).surcharge == Decimal("475200.00")
    assert balance_of(delivered, date(2025, 5, 5)).surcharge == Decimal("480000.00")


def test_a_challenge_stops_the_surcharge_and_may_revoke_the_fine(
    delivered: Penalty, approver: Actor, officer: Actor, director: Actor
) -> None:
    with day(5, 20, 2025):
        late = {"challenge": "reconsideration", "challenged_on": "2025-05-17", "text": "请求撤销"}
        with refused("PEN-CHALLENGE-LATE"):
            perform("verification.challenge_penalty", approver, delivered, late)
        perform("verification.challenge_penalty", approver, delivered, late | {"challenged_on": "2025-04-03"})
        delivered.refresh_from_db()
        assert balance_of(delivered, date(2025, 5, 20)).surcharge == Decimal("14400.00")  # of 2 April alone
        perform("verification.publish_penalty", officer, delivered)
        settled = {"outcome": "revoked", "settled_on": "2025-05-19", "reason": "事实不清"}
        proposal = perform("verification.settle_penalty", officer, delivered, settled).proposal
        assert proposal is not None
        decide(proposal, director)
        delivered.refresh_from_db()
        assert (delivered.state, delivered.withdrawal) == ("revoked", "事实不清")
        assert not delivered.is_public  # from the act on that says so
        with refused("PEN-NOT-PUBLISHED"):
            perform("verification.withdraw_penalty", officer, delivered, {"reason": "决定已撤销"})


@pytest.mark.parametrize(("outcome", "fine", "listed"), [("upheld", None, True), ("changed", "450000", False)])
def test_a_decision_that_was_changed_is_public_no_more_until_it_is_published_as_it_stands(
    delivered: Penalty, approver: Actor, officer: Actor, director: Actor, outcome: str, fine: str | None, listed: bool
) -> None:
    with day(5, 20, 2025):
        perform("verification.publish_penalty", officer, delivered)
        delivered.refresh_from_db()
        stated = {"challenge": "suit", "challenged_on": "2025-04-03", "text": "请求变更"}
        perform("verification.challenge_penalty", approver, delivered, stated)
        settled = {"outcome": outcome, "settled_on": "2025-05-19", "reason": "法院判决", "fine": fine}
        delivered.refresh_from_db()
        proposal = perform("verification.settle_penalty", officer, delivered, settled).proposal
        assert proposal is not None
        assert delivered.is_public  # nothing is settled while one alone says so
        decide(proposal, director)
        delivered.refresh_from_db()
        assert delivered.is_public is listed
        if not listed:
            perform("verification.publish_penalty", officer, delivered)
            (public,) = Penalty.objects.public_on(date(2025, 5, 20))
            assert public.fine == fine
