"""Cleaner-production audits: the law's clocks, grounds by the law of the day, confirmation by another, figure."""

from datetime import date
from decimal import Decimal

import pytest

from tanzhi.actions.registry import Refused, perform
from tanzhi.figures import Question, ask, explain
from tanzhi.office.letters.model import Letter
from tanzhi.streams.policy.audits.model import Audit
from tanzhi.workflow.clocks.model import Clock
from tests import factories
from tests.streams.policy.conftest import on, paper
from tests.streams.policy.documents.test_work import refusal

pytestmark = pytest.mark.django_db

LOW = {"option": "1", "option_class": "low", "option_count": 14, "investment": "38.0", "yearly_benefit": "52.0"}
HIGH = {
    "option": "2", "option_class": "high", "option_count": 4, "investment": "1260", "yearly_benefit": "318",
    "energy_saved": "3360", "service_years": 10,
}  # fmt: skip


def published(officer, province, day="2026-03-10"):
    told = {"region": province.code, "year": int(day[:4]), "zh": "审核名单", "en": "List", "published_on": day}
    with on(day):
        return perform("policy.publish_audit_list", officer, data=told).result


def enlisted(officer, found, firm="PLANT", grounds=("toxic",)):
    with on(found.published_on.isoformat()):
        told = {"audit_list": found.pk, "organisation": firm, "grounds": list(grounds)}
        return perform("policy.enlist_for_audit", officer, data=told).result


def due(audit):
    running = Clock.objects.filter(case=audit.reference, state="running")
    return {one.limit: one.due_on for one in running}


def finished(city_officer, audit):
    """The days of the reference sheet's example."""
    steps = [
        ("notify_audit", "notified_on", "2026-03-20"),
        ("start_audit", "started_on", "2026-05-08"),
        ("finish_audit", "finished_on", "2027-02-20"),
    ]
    for act, field, day in steps:
        with on(day):
            perform(f"policy.{act}", city_officer, audit, {field: day})
    audit.refresh_from_db()
    return audit


def reported(actor, audit, **more):
    told = {"options": [LOW, HIGH], "files": [paper("audit report")]}
    with on("2027-03-10"):
        return perform("policy.report_audit", actor, audit, told | more)


@pytest.fixture
def audit(officer, province, plant):
    return enlisted(officer, published(officer, province))


def test_the_clocks_of_the_example_count_from_the_publication_of_the_list(city_officer, audit):
    assert due(audit) == {
        "publicise": date(2026, 4, 10), "start": date(2026, 5, 10), "finish": date(2027, 3, 10),
    }  # fmt: skip
    finished(city_officer, audit)
    assert due(audit) == {"report": date(2027, 3, 20)}
    assert audit.next_by == date(2032, 2, 20)


def test_the_notice_tells_the_enterprise_its_days_and_the_law(city_officer, audit):
    with on("2026-03-20"):
        perform("policy.notify_audit", city_officer, audit, {"notified_on": "2026-03-20"})
    told = str(Letter.objects.get(case=audit.reference).blocks)
    for words in ("2026年5月10日", "10 March 2027", "清洁生产促进法第三十九条"):
        assert words in told


def test_an_audit_is_completed_when_somebody_else_confirms_its_report(
    officer, second_officer, clerk, approver, city_officer, audit
):
    finished(city_officer, audit)
    reported(clerk, audit)
    with on("2027-03-15"):
        perform("policy.confirm_audit", officer, audit, {"text": "报告完整"})
        told = {"assessed_on": "2027-03-15", "experts": 5, "text": "同意通过", "outcome": "passed"}
        perform("policy.assess_audit", officer, audit, told)
        perform("policy.accept_audit", second_officer, audit, {"accepted_on": "2027-03-15", "text": "通过验收"})
    audit.refresh_from_db()
    assert (audit.state, audit.confirmed_on, audit.investment) == ("accepted", date(2027, 3, 15), Decimal("1298.0"))
    assert due(audit) == {}


def test_nobody_confirms_the_report_that_he_handed_in(city_officer, officer, audit):
    finished(city_officer, audit)
    reported(city_officer, audit)
    assert refusal("policy.confirm_audit", city_officer, audit, {"text": "报告完整"}).code == "ACT-SELF"
    perform("policy.return_audit", officer, audit, {"text": "补充物料平衡"})
    audit.refresh_from_db()
    assert (audit.state, set(due(audit))) == ("finished", {"report"})


def test_an_assessment_that_fails_sends_the_audit_back(officer, city_officer, clerk, audit):
    finished(city_officer, audit)
    reported(clerk, audit)
    with on("2027-03-15"):
        perform("policy.confirm_audit", officer, audit, {"text": "报告完整"})
        told = {"assessed_on": "2027-03-15", "experts": 5, "text": "方案不合理", "outcome": "returned"}
        assert refusal("policy.assess_audit", officer, audit, told | {"experts": 2}).code == "CPA-05"
        perform("policy.assess_audit", officer, audit, told)
    audit.refresh_from_db()
    assert audit.state == "finished"


@pytest.mark.parametrize(
    ("day", "ground", "code"),
    [
        ("2026-08-14", "high_energy", None),
        ("2026-08-15", "high_energy", "CPA-01"),
        ("2026-08-14", "other_by_state", "CPA-01"),
        ("2026-08-15", "other_by_state", None),
    ],
)
def test_grounds_follow_the_law_of_the_day_of_the_list(officer, province, plant, day, ground, code):
    found = published(officer, province, day)
    if code is None:
        assert enlisted(officer, found, grounds=[ground]).grounds == [ground]
        return
    with pytest.raises(Refused) as refused:
        enlisted(officer, found, grounds=[ground])
    assert refused.value.code == code


def test_a_list_holds_enterprises_once_and_nobody_of_another_province(officer, province, audit, world):
    found = audit.audit_list
    for firm, code in [("PLANT", "CPA-03"), ("C99", "CPA-02"), ("OTHER", "ACT-SCOPE")]:
        with pytest.raises(Refused) as refused:
            enlisted(officer, found, firm)
        assert refused.value.code == code
    assert Audit.objects.count() == 1


def test_a_list_lies_under_the_law_and_not_ahead(officer, province):
    with pytest.raises(Refused) as refused:
        published(officer, province, "2015-03-10")
    assert refused.value.code == "CPA-LAW"
    told = {"region": province.code, "year": 2026, "zh": "名单", "en": "List", "published_on": "2026-03-11"}
    with on("2026-03-10"):
        assert refusal("policy.publish_audit_list", officer, data=told).code == "POL-AHEAD"


@pytest.mark.parametrize(
    ("act", "field", "day", "code"),
    [
        ("notify_audit", "notified_on", "2026-03-09", "ACT-DATE"),
        ("notify_audit", "notified_on", "2026-04-01", "POL-AHEAD"),
    ],
)
def test_days_keep_their_order(city_officer, audit, act, field, day, code):
    with on("2026-03-20"):
        assert refusal(f"policy.{act}", city_officer, audit, {field: day}).code == code


def test_a_report_names_the_class_of_each_option(clerk, city_officer, audit):
    finished(city_officer, audit)
    with pytest.raises(Refused) as refused:
        reported(clerk, audit, options=[LOW | {"option_class": "dear"}])
    assert [finding.code for finding in refused.value.findings] == ["VAL-OPTION"]


def test_another_plant_and_strangers_do_not_find_the_audit(stranger, verifier, other_officer, clerk, audit):
    assert set(Audit.objects.visible_to(clerk)) == {audit}
    assert audit.seen_by(clerk)
    for actor in (stranger, other_officer):
        assert not audit.seen_by(actor)
        with pytest.raises(Refused):
            perform("policy.start_audit", actor, audit, {"started_on": "2026-05-01"})


def test_the_figure_counts_what_was_finished_by_the_end_of_the_period(officer, province, city_officer, audit, settings):
    settings.TANZHI_PROVINCE = province.code
    factories.organisation("SECOND", audit.organisation.region)
    enlisted(officer, audit.audit_list, "SECOND")
    finished(city_officer, audit)
    with on("2027-03-10"):
        reported(city_officer, audit)
    question = Question("2026H2", province.code)
    assert ask("cleaner.completed_audits", question).value == 0
    perform("policy.confirm_audit", officer, audit, {"text": "报告完整"})
    assert ask("cleaner.completed_audits", question).value == 0  # finished in 2027, not in 2026
    Audit.objects.filter(pk=audit.pk).update(finished_on=date(2026, 12, 31))
    found = ask("cleaner.completed_audits", question)
    assert found.value == 1
    assert found.answer.scope.en == "2 on the list of 2026, as of 31 December 2026"


def test_what_the_options_bring_walks_down_to_the_report(officer, stranger, clerk, city_officer, audit):
    finished(city_officer, audit)
    reported(clerk, audit)
    nodes = list(explain(f"policy.audit:{audit.pk}", officer, depth=6).walk())
    told = {node.label.en: node.value for node in nodes}
    assert told["Pay-back (years)"] == Decimal("3.5081")
    assert told["CO2 avoided a year"] == Decimal("8937.60")
    assert any(node.ref.startswith("entry:") for node in nodes)
    with pytest.raises(Refused):
        explain(f"policy.audit:{audit.pk}", stranger)
