"""The pages of policy: for whom, in both languages, with queries that do not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.registry import perform
from tanzhi.organisations.register.model import Region
from tanzhi.streams.policy.rounds.model import Report
from tests import factories
from tests.streams.policy.activities.test_activities import nominated, planned_event, planned_visit, received, take_part
from tests.streams.policy.audits.test_work import HIGH, enlisted, finished, published, reported
from tests.streams.policy.conftest import assigned, confirm, in_force, on, opened, paper, tell

pytestmark = pytest.mark.django_db

LISTS = [
    "",
    "tasks/",
    "rounds/",
    "coverage/",
    "pilots/",
    "events/",
    "consultations/",
    "visits/",
    "recommendations/",
    "audits/",
]
DAY = "2024-07-16T09:00:00+08:00"


@pytest.fixture
def look(client, settings, world):
    """Opens a page as somebody, in a language."""
    settings.TANZHI_PROVINCE = world.province.code
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    people = {}

    def get(address, role="provincial_officer", where=None, language="en"):
        client.logout()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = {"en": "en", "zh": "zh-hans"}[language]
        if role:
            where = where or world.authority
            if (role, where) not in people:
                people[role, where] = factories.person(
                    f"{role}_{where.code}", (role, where), password=factories.PASSWORD
                )
            client.force_login(people[role, where])
        return client.get(f"/policy/{address}")

    return get


@pytest.fixture
def full(officer, city_officer, province, world, plant, time_machine):
    """One of each, with a report that is confirmed and one that is due."""
    time_machine.move_to(DAY, tick=False)
    document = in_force(officer, province, kind="task_plan", published=True, files=[paper("full text")])
    step = [{"number": "1", "due_on": "2024-06-30", "zh": "节点一", "en": "First step"}]
    assigned(officer, document, milestones=step)
    assigned(officer, document, number="2", clause="", due_on="2024-06-30")
    found = opened(officer, document)
    told, due = found.reports.order_by("task__number")
    tell(city_officer, told, "9", reached=["1"])
    confirm(officer, told)
    event = planned_event(officer, province)
    take_part(city_officer, event)
    draft = received(officer, province)
    data = {"consultation": draft.pk, "organisation": "C99", "text": "建议明确衔接"}
    perform("policy.give_opinion", city_officer, data=data)
    pages = {
        "document": document,
        "task": told.task,
        "round": found,
        "report": told,
        "due": due,
        "event": event,
        "consultation": draft,
        "visit": planned_visit(officer),
        "recommendation": nominated(city_officer),
        "audit": enlisted(officer, published(officer, province, "2024-01-15")),
    }
    with on("2024-01-10"):
        told_of = {
            "region": world.city.code, "zh": "示例市", "en": "Example city", "kind": "city", "topic": "synergy",
            "programme_zh": "协同试点", "programme_en": "Synergy", "organisation": "C99", "named_on": "2024-01-10",
            "published": True,
        }  # fmt: skip
        pages["pilot"] = perform("policy.name_pilot", officer, data=told_of).result
    return pages


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_for_the_officer_in_both_languages(look, full, language):
    for address in LISTS:
        assert look(address, language=language).status_code == 200, address
    for name, record in full.items():
        told = look(record.get_absolute_url().removeprefix("/policy/"), language=language)
        assert told.status_code == 200, name
        assert getattr(record.name, language) in told.content.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_room_says_what_to_do_next(look, language):
    for address in LISTS:
        assert 'class="none"' in look(address, language=language).content.decode(), address


def test_the_public_sees_the_library_pilots_and_events_and_nothing_else(look, full):
    for name in ("document", "pilot", "event"):
        assert look(full[name].get_absolute_url().removeprefix("/policy/"), role="").status_code == 200, name
    for name in ("task", "round", "report", "consultation", "visit", "recommendation", "audit"):
        assert look(full[name].get_absolute_url().removeprefix("/policy/"), role="").status_code == 404, name


def test_each_actor_finds_his_own_pages_only(look, full, world):
    def status(name, role, where):
        return look(full[name].get_absolute_url().removeprefix("/policy/"), role, where).status_code

    assert [status(n, "city_officer", world.city_authority) for n in ("task", "report", "audit")] == [200] * 3
    assert status("round", "city_officer", world.city_authority) == 404  # the whole province's round
    assert [status(n, "enterprise_filer", world.plant) for n in ("audit", "visit", "task")] == [200, 200, 404]
    for role, where in (("verifier", world.verifier_firm), ("provincial_officer", world.other_authority)):
        assert [status(n, role, where) for n in ("task", "report", "round")] == [404] * 3


def test_the_round_shows_its_score_only_once_nothing_is_missing(look, full):
    address = full["round"].get_absolute_url().removeprefix("/policy/")
    assert "not scored as long as a task is not reported" in look(address).content.decode()


def test_the_city_gets_the_form_filled_with_its_indicators_and_a_refusal_beside_it(look, full, world, client):
    address = full["due"].get_absolute_url()
    told = look(address.removeprefix("/policy/"), "city_officer", world.city_authority).content.decode()
    assert 'name="actuals-0-number" value="1"' in told
    assert 'name="actuals-0-title" value="Amount (t)"' in told
    row = {"actuals-0-number": "1", "actuals-0-title": "Amount", "actuals-0-value": "10"}
    refused = client.post(address, row | {"progress": "all done"})
    assert refused.status_code == 422
    assert "Evidence: required, and left blank" in refused.content.decode()
    assert Report.objects.get(pk=full["due"].pk).state == "due"


def test_the_form_is_not_for_the_province(look, full):
    assert "actuals-0-number" not in look(full["due"].get_absolute_url().removeprefix("/policy/")).content.decode()


def test_the_map_and_the_chart_state_what_was_found(look, full, world):
    Region.objects.filter(pk=world.city.pk).update(row=0, column=0)
    told = look("tasks/").content.decode()
    for words in ("Regions with confirmed reports: 1; with tasks behind: 1", "Running tasks: 2; behind schedule: 1"):
        assert words in told
    assert look("tasks/?chart=lights&as=svg").headers["Content-Type"] == "image/svg+xml"


def test_overdue_tasks_stand_first(look, full):
    told = look("tasks/").content.decode()
    rows = told[told.index("<tbody>", told.index('id="listing-rows"')) :]
    assert rows.index("2 Example task") < rows.index("1 Example task")


def test_clauses_without_tasks_are_found(look, full):
    told = look("coverage/?coverage=none").content.decode()
    assert "2.1 Clause 2.1" in told
    assert "1 Clause 1<" not in told


def test_lists_export_what_they_show(look, full):
    for address in LISTS:
        told = look(f"{address}?export=csv")
        assert told.headers["Content-Type"].startswith("text/csv"), address


def queries(look, address):
    look(address)  # what is fetched once for a process does not count
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert look(address).status_code == 200
    return len(found)


def test_tenfold_rows_ask_no_more_of_the_database(look, full, officer, city_officer, province, world):
    document = full["document"]
    first = {
        address: queries(look, address) for address in ("", "tasks/", "rounds/", "coverage/", "audits/", "visits/")
    }
    for n in range(10, 30):
        assigned(officer, document, number=str(n))
        in_force(officer, province)
        factories.organisation(f"F{n}", world.city)
        enlisted(officer, full["audit"].audit_list, f"F{n}")
        planned_visit(officer)
    again = opened(officer, document)
    for one in again.reports.all()[:6]:
        tell(city_officer, one)
        confirm(officer, one)
    assert {address: queries(look, address) for address in first} == first


@pytest.mark.parametrize(("language", "reason"), [("zh", "除数为零"), ("en", "division by zero")])
def test_what_an_audit_s_options_do_not_give_is_said_with_its_reason(
    officer, province, clerk, city_officer, plant, look, language, reason
):
    audit = finished(city_officer, enlisted(officer, published(officer, province)))
    reported(clerk, audit, options=[HIGH | {"yearly_benefit": "0"}])
    page = look(f"audits/{audit.pk}/", language=language).content.decode()
    assert reason in page
    assert "8 937.60" in page.replace("\u2009", " ").replace("\u202f", " ")  # 3,360 tce × 2.66, as before
