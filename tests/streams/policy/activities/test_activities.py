"""Consultations, visits, events and recommendations: in time, by two, each region once."""

from datetime import date

import pytest

from tanzhi.actions.registry import ACTIONS, Actor, Refused, decide, perform
from tanzhi.actions.visibility import sees
from tanzhi.streams.policy.activities.model import Consultation, Opinion, Recommendation, Visit
from tanzhi.workflow.case.pages import case_context
from tanzhi.workflow.clocks.model import Clock
from tests.streams.policy.conftest import in_force, on, paper, registered
from tests.streams.policy.documents.test_work import refusal

pytestmark = pytest.mark.django_db


def received(officer, province, **more):
    told = {
        "region": province.code, "zh": "征求意见稿", "en": "Draft", "topic": "market", "asked_by_zh": "某部",
        "asked_by_en": "A ministry", "received_on": "2024-03-01", "due_on": "2024-03-15",
    }  # fmt: skip
    with on("2024-03-01"):
        return perform("policy.receive_draft", officer, data=told | more).result


REPLY = {"comments": 3, "returned_on": "2024-03-12", "summary": "综合意见"}


def reply(officer, draft, day="2024-03-12", **more):
    with on(day):
        return perform("policy.return_comments", officer, draft, REPLY | {"files": [paper("reply")]} | more).proposal


def opinion(actor, draft, organisation="C99"):
    data = {"consultation": draft.pk, "organisation": organisation, "text": "建议明确衔接"}
    with on("2024-03-05"):
        return perform("policy.give_opinion", actor, data=data).result


def test_comments_are_collected_and_returned_by_two_in_time(officer, city_officer, director, province):
    draft = received(officer, province)
    assert opinion(city_officer, draft).organisation.code == "C99"
    proposal = reply(officer, draft)
    with on("2024-03-13"):
        decide(proposal, director, True, "同意")
    draft.refresh_from_db()
    assert (draft.state, draft.comments, draft.returned_on) == ("returned", 3, date(2024, 3, 12))
    assert Clock.objects.get(case=draft.reference).in_time
    with pytest.raises(Refused) as refused:
        opinion(city_officer, draft)
    assert refused.value.code == "POL-CLOSED"


def test_nobody_gives_an_opinion_for_another_authority(officer, city_officer, province):
    draft = received(officer, province)
    for actor, organisation, code in [(city_officer, "P99", "ACT-SCOPE"), (officer, "C99", "POL-WHO")]:
        with pytest.raises(Refused) as refused:
            opinion(actor, draft, organisation)
        assert refused.value.code == code
    assert refusal(
        "policy.give_opinion", city_officer, data={"consultation": 99, "organisation": "C99", "text": "意见"}
    ).code == ("POL-DRAFT")
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(("day", "code"), [("2024-02-28", "ACT-DATE"), ("2024-03-20", "POL-AHEAD")])
def test_comments_are_not_returned_before_the_draft_came_nor_tomorrow(officer, province, day, code):
    draft = received(officer, province)
    with pytest.raises(Refused) as refused:
        reply(officer, draft, returned_on=day)
    assert refused.value.code == code


def test_a_draft_is_not_due_before_it_came(officer, province):
    with pytest.raises(Refused) as refused:
        received(officer, province, due_on="2024-02-01")
    assert refused.value.code == "ACT-DATE"
    assert not Consultation.objects.exists()


# --- visits -------------------------------------------------------------------------------------------


def planned_visit(officer):
    told = {"organisation": "PLANT", "zh": "数据质量帮扶", "en": "Help with data", "planned_on": "2024-04-10"}
    with on("2024-04-01"):
        return perform("policy.plan_visit", officer, data=told).result


def test_a_visit_leaves_advice_that_the_enterprise_answers(officer, clerk, stranger, plant):
    visit = planned_visit(officer)
    with on("2024-04-11"):
        told = {"held_on": "2024-04-10", "advice": "留存煤样", "files": [paper("notes")]}
        perform("policy.hold_visit", officer, visit, told)
    assert Clock.objects.get(case=visit.reference).due_on == date(2024, 5, 11)  # 20 working days, May holidays between
    assert refusal("policy.close_visit", stranger, visit, {"outcome": "已落实"}).code == "ACT-SCOPE"
    with on("2024-04-20"):
        perform("policy.close_visit", clerk, visit, {"outcome": "已落实"})
    visit.refresh_from_db()
    assert (visit.state, visit.outcome) == ("closed", "已落实")
    assert set(Visit.objects.visible_to(clerk)) == {visit}
    assert not Visit.objects.visible_to(stranger).exists()


def test_a_visit_does_not_happen_tomorrow(officer, plant):
    visit = planned_visit(officer)
    with on("2024-04-05"):
        told = {"held_on": "2024-04-10", "advice": "留存煤样"}
        assert refusal("policy.hold_visit", officer, visit, told).code == "POL-AHEAD"


# --- events -------------------------------------------------------------------------------------------


def planned_event(officer, province, **more):
    told = {
        "region": province.code, "kind": "low_carbon_day", "zh": "低碳日", "en": "Low-carbon day", "theme_zh": "主题",
        "theme_en": "Theme", "on": "2024-05-15", "published": True,
    }  # fmt: skip
    with on("2024-05-01"):
        return perform("policy.plan_event", officer, data=told | more).result


def take_part(actor, event, region="990100", day="2024-05-16"):
    data = {"event": event.pk, "region": region, "activities": 3, "people": 200, "text": "开展活动", "files": [paper()]}
    with on(day):
        return perform("policy.take_part", actor, data=data).result


def test_a_region_tells_once_of_what_it_held_and_never_before_the_day(officer, city_officer, province):
    event = planned_event(officer, province)
    with pytest.raises(Refused) as refused:
        take_part(city_officer, event, day="2024-05-14")
    assert refused.value.code == "POL-AHEAD"
    assert take_part(city_officer, event).activities == 3
    with pytest.raises(Refused) as refused:
        take_part(city_officer, event)
    assert refused.value.code == "POL-TWICE"


def test_a_city_does_not_tell_for_another_region(city_officer, officer, province, world):
    event = planned_event(officer, province)
    for region in (province.code, world.other_city.code):
        with pytest.raises(Refused) as refused:
            take_part(city_officer, event, region)
        assert refused.value.code == "ACT-SCOPE"


def test_a_closed_event_takes_no_more(officer, city_officer, province):
    event = planned_event(officer, province)
    with on("2024-05-16"):
        perform("policy.hold_event", officer, event, {"attended": 300, "outcome": "按计划举办"})
        perform("policy.close_event", officer, event, {"text": "归档"})
    with pytest.raises(Refused) as refused:
        take_part(city_officer, event)
    assert refused.value.code == "POL-CLOSED"


@pytest.mark.parametrize(
    ("more", "code"),
    [({"until": "2024-05-01"}, "ACT-DATE"), ({"theme_en": ""}, "POL-TWIN"), ({"kind": "feast"}, "ACT-INPUT")],
)
def test_an_event_that_does_not_fit_is_refused(officer, province, more, code):
    with pytest.raises(Refused) as refused:
        planned_event(officer, province, **more)
    assert refused.value.code == code


def test_an_event_cannot_have_been_held_before_its_day(officer, province):
    event = planned_event(officer, province)
    with on("2024-05-10"):
        assert refusal("policy.hold_event", officer, event, {"outcome": "已举办"}).code == "POL-AHEAD"
        perform("policy.cancel_event", officer, event, {"text": "改期"})


# --- recommendations ----------------------------------------------------------------------------------


def nominated(actor, region="990100"):
    told = {
        "region": region, "kind": "individual", "zh": "低碳典型", "en": "A model", "to_zh": "全国推选",
        "to_en": "National selection", "grounds": "长期坚持",
    }  # fmt: skip
    with on("2024-04-01"):
        return perform("policy.nominate", actor, data=told).result


def test_a_city_nominates_and_another_person_recommends(officer, city_officer):
    case = nominated(city_officer)
    with on("2024-04-10"):
        perform("policy.recommend", officer, case, {"on": "2024-04-09"})
        perform("policy.note_chosen", officer, case, {"text": "入选年度名单"})
    case.refresh_from_db()
    assert (case.state, case.recommended_on) == ("chosen", date(2024, 4, 9))


def test_nobody_recommends_his_own_nomination(officer, world):
    case = nominated(officer)
    assert refusal("policy.recommend", officer, case, {"on": "2024-04-09"}).code == "ACT-SELF"
    assert Recommendation.objects.get().state == "nominated"


def test_outsiders_see_and_nominate_nothing(clerk, verifier, stranger, other_officer, city_officer):
    nominated(city_officer)
    for actor in (clerk, verifier, stranger, other_officer):
        assert not Recommendation.objects.visible_to(actor).exists()
        with pytest.raises(Refused):
            nominated(actor)


def test_a_draft_sent_for_comments_is_never_public(officer, city_officer, director, stranger, province):
    draft = received(officer, province)
    with on("2024-03-13"):
        decide(reply(officer, draft), director, True, "同意")
    Consultation.objects.update(published=True)
    draft.refresh_from_db()
    assert [sees(one, draft) for one in (officer, director)] == [True, True]
    assert [sees(one, draft) for one in (None, stranger)] == [False, False]
    assert "published" not in ACTIONS["policy.receive_draft"].input.model_fields


def test_who_reads_a_case_because_it_is_public_is_told_no_names(officer, stranger, province, rf):
    document = in_force(officer, province, published=True)
    request = rf.get("/")
    acts = {}
    for reader in (officer, stranger, Actor(None, "public")):
        assert sees(reader, document)
        context = case_context(request, document, reader)
        acts[reader.name] = {line.person for line in context["timeline"]}
        papers = context["dossier"]
        inside = [context["clocks"], context["proposals"], papers.files, papers.comments, papers.findings]
        assert reader is officer or inside == [[], [], [], [], []]
    assert acts == {"Officer": {"Officer"}, stranger.name: {""}, "public": {""}}


def test_a_document_that_is_still_being_entered_is_not_public(officer, province):
    document = registered(officer, province, published=True)
    assert (sees(officer, document), sees(None, document)) == (True, False)
