"""The day of a deposit runs as a clock from the opening on: the law's, the province's; a region's data have one too."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation
from tanzhi.workflow.case.timeline import timeline
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.notices.delivery import due_notices
from tanzhi.workflow.todos.todo import todos
from tests.factories import World
from tests.filings.deposits.test_work import deposited, saved

JULY = datetime(2023, 7, 3, 4, tzinfo=UTC)


def opened(actor: Actor, organisation: Organisation, form: str = "power.month", period: str = "2023-06") -> Filing:
    data = {"form_code": form, "organisation_id": organisation.pk, "period": period}
    filing: Filing = perform("filings.open", actor, data=data).result
    return filing


def running(filing: Filing) -> dict[str, date]:
    return dict(Clock.objects.filter(case=filing.reference, state=Clock.RUNNING).values_list("limit", "due_on"))


def test_the_law_s_day_and_the_province_s_run_until_the_deposit(
    clerk: Actor, approver: Actor, director: Actor, plant: Organisation, world: World
) -> None:
    """40 natural days after June end on 9 August, the province's 20 on 20 July."""
    with clock.at(JULY):
        data = {"region": world.province.code, "form_code": "power.month", "days": 20, "source": "省厅通知"}
        perform("filings.set_deadline", director, data=data | {"since": "2023-01-01"})
        filing = opened(clerk, plant)
        assert running(filing) == {"deposit": date(2023, 8, 9), "inner": date(2023, 7, 20)}
        assert [todo.due for todo in todos(clerk) if todo.subject == filing.reference] == [date(2023, 7, 20)]
        assert opened(clerk, plant).pk == filing.pk
        assert Clock.objects.filter(case=filing.reference).count() == 2
        assert [line.label.en for line in timeline(filing)] == ["Open a filing"]
        deposited(clerk, approver, filing)
    filing.refresh_from_db()
    assert running(filing) == {}
    assert filing.closed_at == JULY


def test_a_correction_has_no_day_of_its_own(clerk: Actor, approver: Actor, plant: Organisation) -> None:
    filing = deposited(clerk, approver, opened(clerk, plant)).result
    perform("filings.correct", clerk, filing, {"reason": "meter was misread"})
    assert [todo.due for todo in todos(clerk) if todo.subject == filing.reference] == [None]
    filing.refresh_from_db()
    assert (filing.state, filing.closed_at) == ("in_correction", None)


def test_a_region_s_data_are_the_department_s_to_do(officer: Actor, clerk: Actor, world: World) -> None:
    filing = opened(officer, world.authority, "inventory_processes.year", "2022")
    assert set(running(filing)) == {"regional"}
    assert [todo.kind for todo in todos(officer) if todo.subject == filing.reference] == ["move"]
    assert not [todo for todo in todos(clerk) if todo.subject == filing.reference]


def test_the_plant_is_reminded_and_its_authorities_are_not(clerk: Actor, officer: Actor, plant: Organisation) -> None:
    with clock.at(JULY):
        saved(clerk, opened(clerk, plant))
    told = due_notices(date(2023, 8, 5))
    assert {notice.person.pk for notice in told} == {clerk.person_id}
    assert {notice.due_on for notice in told} == {date(2023, 8, 9)}
