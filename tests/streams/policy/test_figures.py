"""Published figures from records, an answer that is a day, and the walk down to facts, files and evidence."""

from datetime import date

import pytest

from tanzhi.actions.registry import Refused, perform
from tanzhi.bulletin.composition import compose
from tanzhi.bulletin.printing import as_text
from tanzhi.figures import Question, ask, explain
from tanzhi.figures.wording import value_text
from tests import factories
from tests.streams.policy.activities.test_activities import nominated, planned_event, take_part
from tests.streams.policy.conftest import assigned, confirm, in_force, on, opened, paper, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, province):
    settings.TANZHI_PROVINCE = province.code


def answered(code, period="2024H1"):
    return ask(code, Question(period, "990000"))


def test_documents_count_while_they_hold_and_by_their_level(officer, province):
    in_force(officer, province, published=True)
    in_force(officer, province, level="department", valid_until="2024-05-31")
    in_force(officer, province, topic="methane")
    assert answered("policy.provincial_documents").value == 1
    assert answered("policy.department_documents").value == 0  # it ran out in May
    assert answered("policy.department_documents", "2024Q1").value == 1
    assert answered("policy.provincial_documents", "2023").value == 0


def test_partners_of_the_adaptation_plan_are_its_issuers_without_the_lead(officer, province, department):
    outside = [{"zh": f"部门{n}", "en": f"Department {n}"} for n in range(3)]
    in_force(officer, province, topic="adaptation", issuers=["P99", "DRC"], outside_issuers=outside)
    found = answered("policy.adaptation_partners")
    assert (found.value, value_text(found).en) == (4, "4 departments")


def test_key_tasks_and_their_rounds_are_counted_with_what_was_confirmed(officer, city_officer, province):
    document = in_force(officer, province, kind="task_plan")
    assigned(officer, document)
    assigned(officer, document, number="2")
    first, _ = opened(officer, document).reports.order_by("task__number")
    tell(city_officer, first)
    confirm(officer, first)
    assert answered("policy.key_tasks").value == 2
    found = answered("policy.rounds")
    assert (found.value, found.answer.scope.en) == (1, "1 of 2 reports confirmed")
    assert answered("policy.rounds", "2024Q1").value == 0  # it speaks of the end of June


def test_an_answer_may_be_a_day(officer, province, world):
    planned = planned_event(officer, province, host=world.city.code)
    assert answered("activities.low_carbon_day").value is None  # planned is not held
    with on("2024-05-16"):
        perform("policy.hold_event", officer, planned, {"outcome": "已举办"})
    found = answered("activities.low_carbon_day")
    assert (found.value, found.as_dict()["value"], found.unit_words) == (date(2024, 5, 15), "2024-05-15", None)
    assert (value_text(found).zh, value_text(found).en) == ("2024年5月15日", "15 May 2024")
    assert found.answer.scope.en == "theme “Theme”, main venue in Region 990100"
    assert found.node().value == "2024-05-15"


def test_areas_inside_a_city_stand_beside_the_cities(officer, city_officer, province, world):
    factories.region("990171", world.city, kind="area", counted=False)
    event = planned_event(officer, province)
    with on("2024-05-15"):
        perform("policy.hold_event", officer, event, {"outcome": "已举办"})
    take_part(city_officer, event)
    take_part(city_officer, event, "990171")
    assert (answered("activities.day_regions").value, answered("activities.day_areas").value) == (1, 1)
    assert value_text(answered("activities.day_regions")).en == "1 city or prefecture"


def test_a_nomination_counts_once_it_is_recommended_and_names_nobody(officer, city_officer):
    case = nominated(city_officer)
    assert answered("activities.individuals").value == 0
    with on("2024-04-10"):
        perform("policy.recommend", officer, case, {"on": "2024-04-09"})
    found = answered("activities.individuals")
    assert (value_text(found).en, found.answer.scope.en) == ("1 individual", "Region 990100")


def test_the_public_walks_down_to_a_published_document_and_stops_at_others(officer, province):
    public = in_force(officer, province, published=True, files=[paper("full text")])
    hidden = in_force(officer, province)
    named = [
        any("full text.txt" in fact.words.en for fact in explain(f"policy.document:{public.pk}", reader).facts)
        for reader in (officer, None)
    ]
    assert named == [True, True]  # the text of a public document is public with it
    node = explain(f"policy.document:{public.pk}", None)
    assert [part.ref.partition(":")[0] for part in node.parts] == [
        "entry"
    ] * 3  # entered, clauses, put into the library
    with pytest.raises(Refused) as refused:
        explain(f"policy.document:{hidden.pk}", None)
    assert refused.value.code == "ACT-SCOPE"


@pytest.mark.parametrize("ref", ["policy.document:999", "policy.task:x", "policy.score:999?at=&name=score"])
def test_a_reference_that_leads_nowhere_says_so(officer, ref):
    with pytest.raises(Refused) as refused:
        explain(ref, officer)
    assert refused.value.code == "ACT-SCOPE"  # the same as one that is not for the reader


def test_a_task_walks_down_to_its_reports(officer, city_officer, task, report):
    tell(city_officer, report)
    nodes = list(explain(f"policy.task:{task.pk}", officer, depth=3).walk())
    assert any(node.ref == f"policy.report:{report.pk}" for node in nodes)


def test_every_row_of_this_room_is_printed_in_both_languages_even_without_records():
    rows = {row.row.number: row for row in compose("2024H1").rows}
    for number in (5, 6, 7, 8, 9, 23, 25, 26, 27, 38):
        assert rows[number].statements
        for statement in rows[number].statements:
            assert statement.sentence.zh
            assert statement.sentence.en
    for language in ("zh", "en"):
        assert as_text(compose("2024H1").content, language)
