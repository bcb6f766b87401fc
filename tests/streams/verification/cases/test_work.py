"""A verification from its arrangement to the archive: guards, clocks, refusals, four actors."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.filings.months.model import Filing
from tanzhi.office.letters.model import Letter
from tanzhi.organisations.people.model import Assignment, Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Membership
from tanzhi.streams.verification.cases.model import Conflict, Verification
from tanzhi.streams.verification.cases.work import verified_by
from tanzhi.workflow.clocks.model import Clock
from tests.factories import World, organisation, person
from tests.law.conftest import Enter
from tests.streams.verification.conftest import COAL, Redetermine, day, report


def refused(act: str, who: Actor, subject: Any = None, data: Any = None) -> str:
    with pytest.raises(Refused) as found:
        perform(act, who, subject, data)
    return found.value.code


def due(case: Verification, limit: str) -> date:
    return Clock.objects.get(subject=case.reference, limit=limit, state="running").due_on


# --- arranging and the group -----------------------------------------------------------------------


def test_a_verification_is_arranged_for_a_deposited_report_once(arranged: Verification, officer: Actor) -> None:
    assert (arranged.state, arranged.version.number, due(arranged, "done")) == ("arranged", 1, date(2024, 6, 30))
    again = {"organisation": arranged.organisation.code, "year": 2023}
    assert refused("verification.arrange", officer, data=again) == "VER-TWICE"


def test_without_a_deposited_report_nothing_is_arranged(world: World, officer: Actor) -> None:
    told = {"organisation": world.plant.code, "year": 2023}
    assert refused("verification.arrange", officer, data=told) == "VER-REPORT"


def test_only_the_province_arranges(filing: Filing, clerk: Actor, verifier: Actor, other_officer: Actor) -> None:
    told = {"organisation": filing.organisation.code, "year": 2023}
    assert refused("verification.arrange", clerk, data=told) == "ACT-ROLE"
    assert refused("verification.arrange", verifier, data=told) == "ACT-ROLE"
    assert refused("verification.arrange", other_officer, data=told) == "ACT-SCOPE"


def test_the_body_of_the_group_may_read_the_enterprise_from_now_on(
    arranged: Verification, world: World, officer: Actor
) -> None:
    firm = organisation("VER2", world.province, "verifier")
    two = [person(f"v2_{n}", ("verifier", firm)) for n in (1, 2)]
    perform("verification.form_group", officer, arranged, {"leader": two[0].pk, "members": [two[1].pk]})
    arranged.refresh_from_db()
    assert (arranged.state, arranged.body) == ("formed", firm)
    assert Assignment.objects.filter(holder=firm, organisation=world.plant).count() == 1
    reader = actor_of(two[0])
    assert reader.sees(arranged.place)
    assert reader.sees(arranged.filing.place)
    assert not reader.sees(world.plant.place)


def group_of(*people: Person | Actor) -> dict[str, Any]:
    keys = [one.pk if isinstance(one, Person) else one.person_id for one in people]
    return {"leader": keys[0], "members": keys[1:]}


def test_a_group_has_two_or_more_verifiers_of_one_body(
    arranged: Verification, world: World, officer: Actor, verifier: Actor
) -> None:
    other = person("other_body", ("verifier", organisation("VER2", world.province, "verifier")))
    nobody = person("nobody", ("bank", organisation("BANK", world.province, "bank")))
    act = "verification.form_group"
    assert refused(act, officer, arranged, group_of(verifier)) == "VER-GROUP"
    assert refused(act, officer, arranged, group_of(verifier, verifier)) == "VER-GROUP"
    assert refused(act, officer, arranged, group_of(verifier, other)) == "VER-BODY"
    assert refused(act, officer, arranged, group_of(verifier, nobody)) == "VER-PERSON"
    assert refused(act, officer, arranged, {"leader": verifier.person_id, "members": [987654]}) == "VER-PERSON"


@pytest.mark.parametrize("of", ["body", "person"])
def test_a_declared_conflict_of_body_or_person_is_refused(
    arranged: Verification, world: World, officer: Actor, verifier: Actor, second_verifier: Actor, of: str
) -> None:
    told = {"organisation": world.plant.code, "kind": "consulting", "since": "2023-01-01", "basis": "咨询合同"}
    told |= {"body": "VER"} if of == "body" else {"person": "second_verifier"}
    perform("verification.declare_conflict", officer, data=told)
    act = "verification.form_group"
    assert refused(act, officer, arranged, group_of(verifier, second_verifier)) == "VER-COI"
    Conflict.objects.update(until=date(2023, 12, 31))
    perform(act, officer, arranged, group_of(verifier, second_verifier))


def test_who_worked_for_the_enterprise_within_three_years_is_refused(
    arranged: Verification, world: World, officer: Actor, verifier: Actor
) -> None:
    former = person("former", ("verifier", world.verifier_firm), ("enterprise_filer", world.plant))
    held = former.grants.get(role="enterprise_filer")
    act = "verification.form_group"
    with day(4, 9):
        held.until = date(2021, 4, 10)
        held.save()
        assert refused(act, officer, arranged, group_of(verifier, former)) == "VER-STAFF"
        held.until = date(2021, 4, 9)
        held.save()
        perform(act, officer, arranged, group_of(verifier, former))


def test_one_body_verifies_one_enterprise_for_three_years_in_a_row_and_no_more(
    arranged: Verification, world: World, officer: Actor, verifier: Actor, second_verifier: Actor
) -> None:
    for year in (2020, 2021, 2022):
        filed = report(world.plant, year)
        Verification.objects.create(
            organisation=world.plant,
            year=year,
            filing=filed,
            version=filed.deposited_version,
            body=world.verifier_firm,
            state="archived",
        )
    group = group_of(verifier, second_verifier)
    assert refused("verification.form_group", officer, arranged, group) == "VER-YEARS"
    Verification.objects.filter(year=2021).update(body=None)
    perform("verification.form_group", officer, arranged, group)


def test_one_person_verifies_one_enterprise_for_three_years_in_a_row_whatever_his_body(
    arranged: Verification, world: World, officer: Actor, verifier: Actor, second_verifier: Actor
) -> None:
    for year in (2020, 2021, 2022):
        filed = report(world.plant, year)
        case = Verification.objects.create(
            organisation=world.plant, year=year, filing=filed, version=filed.deposited_version, state="archived"
        )
        case.members.create(person_id=verifier.person_id)
    third = person("third", ("verifier", world.verifier_firm))
    assert refused("verification.form_group", officer, arranged, group_of(verifier, second_verifier)) == "VER-YEARS"
    perform("verification.form_group", officer, arranged, group_of(second_verifier, third))


def test_a_group_is_changed_while_it_works_and_the_case_stays_where_it_is(
    visited: Verification, world: World, officer: Actor, verifier: Actor, second_verifier: Actor
) -> None:
    third = person("third", ("verifier", world.verifier_firm))
    perform("verification.change_group", officer, visited, group_of(second_verifier, third))
    visited.refresh_from_db()
    assert visited.state == "visited"
    told = {"case": visited.reference, "title": "皮带秤未校准", "text": "无校准记录"}
    perform("cases.raise_finding", second_verifier, data=told)
    assert refused("verification.issue_list", verifier, visited) == "VER-MEMBER"


def test_a_verifier_declares_for_himself_and_his_body_only(
    world: World, verifier: Actor, second_verifier: Actor
) -> None:
    organisation("VER2", world.province, "verifier")
    told = {"organisation": world.plant.code, "kind": "interest", "since": "2023-01-01", "basis": "持股"}
    act = "verification.declare_conflict"
    assert refused(act, verifier, data={**told, "body": "VER2"}) == "VER-OTHERS"
    assert refused(act, verifier, data=told) == "VER-WHO"
    assert refused(act, verifier, data={**told, "body": "VER", "kind": "friendship"}) == "ACT-INPUT"
    assert refused(act, verifier, data={**told, "body": "VER", "kind": ""}) == "VER-KIND"
    assert perform(act, verifier, data={**told, "person": "second_verifier"}).result.kind == "interest"


# --- papers, visit, findings -------------------------------------------------------------------------


def test_what_the_group_does_only_its_members_do(formed: Verification, world: World) -> None:
    colleague = actor_of(person("colleague", ("verifier", world.verifier_firm)))
    told = {"review": "已评审报告", "site_list": "查看皮带秤"}
    assert refused("verification.review", colleague, formed, told) == "VER-MEMBER"


@pytest.mark.parametrize(
    ("on", "present", "code"),
    [("2024-04-18", 1, "VER-GROUP"), ("2024-04-07", 2, "ACT-DATE"), ("2024-04-19", 2, "ACT-DATE")],
)
def test_a_visit_needs_two_and_lies_between_the_arrangement_and_today(
    formed: Verification, verifier: Actor, on: str, present: int, code: str
) -> None:
    with day(4, 18):
        perform("verification.review", verifier, formed, {"review": "已评审报告", "site_list": "查看皮带秤"})
        told = {"on": on, "present": present, "visit": "查、问、看、验"}
        assert refused("verification.visit", verifier, formed, told) == code


def test_a_visit_is_waived_only_after_two_years_without_a_finding(
    formed: Verification, world: World, officer: Actor, verifier: Actor
) -> None:
    perform("verification.review", verifier, formed, {"review": "已评审报告", "site_list": "查看皮带秤"})
    told = {"reason": "连续两年无不符合项"}
    assert refused("verification.waive_visit", officer, formed, told) == "VER-VISIT"
    for year in (2021, 2022):
        filed = report(world.plant, year)
        Verification.objects.create(
            organisation=world.plant, year=year, filing=filed, version=filed.deposited_version, state="archived"
        )
    perform("verification.waive_visit", officer, formed, told)
    formed.refresh_from_db()
    assert (formed.state, formed.waived) == ("visited", "连续两年无不符合项")


def test_the_list_of_findings_is_due_two_working_days_after_the_visit_and_goes_as_a_letter(
    visited: Verification, verifier: Actor
) -> None:
    assert due(visited, "issue") == date(2024, 4, 22)  # Thursday the 18th, Friday, Monday
    assert refused("verification.issue_list", verifier, visited) == "VER-NONE"
    with day(4, 19):
        told = {"case": visited.reference, "title": "皮带秤未校准", "text": "无校准记录"}
        finding = perform("cases.raise_finding", verifier, data=told).result
        perform("verification.issue_list", verifier, visited)
    letter = Letter.objects.get(case=visited.reference)
    assert letter.to == visited.organisation
    assert "皮带秤未校准" in str(letter.blocks)
    assert Clock.objects.get(subject=finding.reference).due_on == date(2024, 4, 26)


# --- conclusion, notice, objection, archive -------------------------------------------------------------


def test_nothing_is_concluded_while_a_finding_is_open(visited: Verification, verifier: Actor) -> None:
    told = {"case": visited.reference, "title": "皮带秤未校准", "text": "无校准记录"}
    perform("cases.raise_finding", verifier, data=told)
    assert (
        refused("verification.conclude", verifier, visited, {"outcome": "conforms", "opinion": "符合要求"})
        == "VER-OPEN"
    )


def test_a_conclusion_without_findings_confirms_what_was_reported(visited: Verification, verifier: Actor) -> None:
    with day(4, 24):
        perform("verification.conclude", verifier, visited, {"opinion": "符合要求", "outcome": "conforms"})
    made = visited.latest
    assert made is not None
    assert made.reported == made.verified
    assert made.report_number == f"99-VER-{visited.organisation.code[-6:]}-2023-01"
    assert due(visited, "notify") == date(2024, 5, 7)  # the seventh working day: 28 April is worked, 1 to 5 May free


def test_a_total_that_swings_by_more_than_ten_percent_needs_its_reason(
    concluded: Verification, world: World, officer: Actor, verifier: Actor, second_verifier: Actor
) -> None:
    made = concluded.latest
    assert made is not None
    made.verified = str(int(made.verified) // 2)
    made.save()
    report(world.plant, 2024)
    told = {"organisation": world.plant.code, "year": 2024}
    case = perform("verification.arrange", officer, data=told).result
    perform("verification.form_group", officer, case, group_of(verifier, second_verifier))
    perform("verification.review", verifier, case, {"review": "已评审报告", "site_list": "查看皮带秤"})
    today = case.opened_at.date().isoformat()
    perform("verification.visit", verifier, case, {"on": today, "present": 2, "visit": "查、问、看、验"})
    assert (
        refused("verification.conclude", verifier, case, {"outcome": "conforms", "opinion": "符合要求"}) == "VER-SWING"
    )
    perform(
        "verification.conclude", verifier, case, {"outcome": "conforms", "opinion": "符合要求", "swing": "新机组投运"}
    )


def test_the_result_is_told_by_two_with_a_letter_that_shows_before_and_after(
    concluded: Verification, officer: Actor, director: Actor
) -> None:
    with day(4, 30):
        proposal = perform("verification.notify", officer, concluded).proposal
        assert proposal is not None
        with pytest.raises(Refused) as own:
            decide(proposal, officer)
        assert own.value.code == "ACT-ROLE"
        decide(proposal, director)
    concluded.refresh_from_db()
    assert concluded.state == "notified"
    letter = Letter.objects.get(code="verification.notice")
    words = str(letter.blocks)
    assert "1号机组" in words
    assert "未校准" in words
    assert due(concluded, "object") == date(2024, 5, 13)  # 6 to 11 May are worked: Saturday the 11th too


def test_the_enterprise_objects_in_time_and_two_decide_within_ten_days(
    notified: Verification, approver: Actor, clerk: Actor, officer: Actor, director: Actor
) -> None:
    reason = {"reason": "补充校准证书"}
    assert refused("verification.object", clerk, notified, reason) == "ACT-ROLE"
    with day(5, 13):
        perform("verification.object", approver, notified, reason)
    assert due(notified, "decide") == date(2024, 5, 27)
    with day(5, 20):
        told = {"outcome": "upheld", "reason": "证书有效，重新核查"}
        decide(perform("verification.decide", officer, notified, told).proposal, director)  # type: ignore[arg-type]
    notified.refresh_from_db()
    assert notified.state == "rectifying"
    assert Letter.objects.filter(code="verification.decision").exists()
    assert due(notified, "conclude") == date(2024, 5, 27)


def test_an_objection_after_its_time_is_refused(notified: Verification, approver: Actor) -> None:
    with day(5, 14):
        assert refused("verification.object", approver, notified, {"reason": "补充校准证书"}) == "VER-LATE"


def test_the_province_settles_only_once_the_time_to_object_is_over(
    notified: Verification, officer: Actor, approver: Actor
) -> None:
    with day(5, 13):
        assert refused("verification.settle", officer, notified) == "VER-EARLY"
    with day(5, 14):
        perform("verification.settle", officer, notified)
        perform("verification.archive", officer, notified, {"archive_number": "HC-1"})
    notified.refresh_from_db()
    assert (notified.state, notified.archive_number) == ("archived", "HC-1")
    assert not Clock.objects.filter(case=notified.reference, state="running").exists()


def test_the_enterprise_may_agree_at_once(notified: Verification, approver: Actor, stranger: Actor) -> None:
    with day(5, 6):
        assert refused("verification.settle", stranger, notified) == "ACT-ROLE"
        perform("verification.settle", approver, notified)
    notified.refresh_from_db()
    assert notified.state == "final"


def test_a_conclusion_sent_back_is_drawn_again_under_the_next_number(
    concluded: Verification, officer: Actor, verifier: Actor, redetermine: Redetermine
) -> None:
    perform("verification.send_back", officer, concluded, {"reason": "请补充说明"})
    redetermine("uncalibrated", f"{COAL.replace('06', '07')}.fuel_consumption", required="0.5")
    perform("verification.conclude", verifier, concluded, {"outcome": "conforms", "opinion": "补充后符合"})
    made = [one.report_number[-2:] for one in concluded.conclusions.all()]
    assert made == ["01", "02"]


# --- values that two administrators enter ----------------------------------------------------------


def entered(enter: Enter, name: str, value: str, unit: str = "1", **keys: str) -> None:
    """In place of the value in force, from the year of the acts on."""
    enter(guideline="procedure", parameter=name, keys=keys, value=value, unit=unit, since="2024-01-01",
          supersedes=True, source="公告第7号，二")  # fmt: skip


def test_a_deadline_that_runs_stays_and_the_next_goes_by_the_value_entered(
    arranged: Verification, world: World, officer: Actor, enter: Enter
) -> None:
    entered(enter, "verification_done", "715", "MMDD", sector="power")
    assert due(arranged, "done") == date(2024, 6, 30)
    report(world.plant, 2022)
    with day(4, 10):
        told = {"organisation": world.plant.code, "year": 2022}
        case = perform("verification.arrange", officer, data=told).result
    assert due(case, "done") == date(2023, 7, 15)


@pytest.mark.parametrize(
    ("sector", "market", "standing", "year", "last_day"),
    [
        # 环办气候函〔2025〕140号（七）: 30 June, 31 August 2025; 〔2026〕32号: 31 July 2026, others by the year's end
        ("power", "", "", 2024, date(2025, 6, 30)),
        ("steel", "", "", 2024, date(2025, 8, 31)),
        ("steel", "", "", 2025, date(2026, 7, 31)),
        ("building_materials", "cement", "member", 2024, date(2025, 8, 31)),
        ("building_materials", "cement", "excluded", 2025, date(2026, 7, 31)),
        ("building_materials", "cement", "left", 2025, date(2026, 12, 31)),
        ("building_materials", "", "", 2025, date(2026, 12, 31)),
        ("non_ferrous", "aluminium", "member", 2025, date(2026, 7, 31)),
        ("non_ferrous", "", "", 2025, date(2026, 12, 31)),
        ("paper", "", "", 2025, date(2026, 12, 31)),
    ],
)
def test_a_report_is_verified_by_the_day_of_its_market(
    sector: str, market: str, standing: str, year: int, last_day: date, world: World
) -> None:
    plant = world.plant
    plant.sector = sector
    if market:
        Membership.objects.create(
            organisation=plant,
            year=year,
            market=market,
            standing=standing,
            decided_on=date(year, 12, 1),
            at=clock.now(),
        )
    case = Verification(organisation=plant, year=year)
    act: Any = SimpleNamespace(today=date(year + 1, 4, 1))
    assert verified_by(act, case) == last_day


def test_years_of_former_staff_go_by_the_value_entered(
    arranged: Verification, world: World, officer: Actor, verifier: Actor, enter: Enter
) -> None:
    former = person("former", ("verifier", world.verifier_firm), ("enterprise_filer", world.plant))
    former.grants.filter(role="enterprise_filer").update(until=date(2021, 4, 10))
    with day(4, 9):
        assert refused("verification.form_group", officer, arranged, group_of(verifier, former)) == "VER-STAFF"
        entered(enter, "verification_staff_years", "2")
        perform("verification.form_group", officer, arranged, group_of(verifier, former))


def test_years_in_a_row_go_by_the_value_entered(
    arranged: Verification, world: World, officer: Actor, verifier: Actor, second_verifier: Actor, enter: Enter
) -> None:
    filed = report(world.plant, 2022)
    Verification.objects.create(organisation=world.plant, year=2022, filing=filed, version=filed.deposited_version,
                                body=world.verifier_firm, state="archived")  # fmt: skip
    entered(enter, "verification_years_in_a_row", "1")
    group = group_of(verifier, second_verifier)
    assert refused("verification.form_group", officer, arranged, group) == "VER-YEARS"


def test_years_without_a_finding_go_by_the_value_entered(
    formed: Verification, world: World, officer: Actor, verifier: Actor, enter: Enter
) -> None:
    perform("verification.review", verifier, formed, {"review": "已评审报告", "site_list": "查看皮带秤"})
    filed = report(world.plant, 2022)
    Verification.objects.create(
        organisation=world.plant, year=2022, filing=filed, version=filed.deposited_version, state="archived"
    )
    told = {"reason": "上年无不符合项"}
    assert refused("verification.waive_visit", officer, formed, told) == "VER-VISIT"
    entered(enter, "verification_quiet_years", "1")
    perform("verification.waive_visit", officer, formed, told)
