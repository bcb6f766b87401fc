"""What an earlier law computed is computed anew by two: compared beside the request, exactly as it was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions import jobs
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.models import Job
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.evidence.checking import verify
from tanzhi.evidence.models import Entry
from tanzhi.evidence.sealer import seal
from tanzhi.filings.months.model import Filing, Result
from tanzhi.law import comparison as comparing
from tanzhi.law import comparison_actions, population
from tanzhi.law.earlier import STREAMS
from tanzhi.law.evaluation import release
from tanzhi.law.models import APPROVED, BARRED, CHANGED, DONE, KEPT, MEANWHILE, SAME, Comparison
from tanzhi.organisations.register.model import Unit
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel.text import Text
from tests.filings.deposits.test_work import MONTH, answered, deposited, saved
from tests.law.conftest import Enter
from tests.law.reevaluating import approved, compared, run_jobs
from tests.law.test_stored import OXIDATION

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Organisation

YEAR = {"stream": "filings.deposits", "guideline": "power", "year": 2023}
REASON = {"reason": "公告第7号"}
CONFLICT = 409  # of HTTP: the request is in order and what it is about has changed


@pytest.fixture
def burned(clerk: Actor, approver: Actor, plant: Organisation) -> Result:
    month = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    filing = perform("filings.open", clerk, data=month).result
    deposited(clerk, approver, filing)
    return Result.objects.get(filing=filing, quantity="combustion_emission")


def particulars(kind: str) -> str:
    """What the one entry of a kind says."""
    content = Entry.objects.get(kind=kind).parts.get(part="particulars").content
    assert content is not None
    return bytes(content).decode()


def combustion(burned: Result) -> list[tuple[str | None, str]]:
    rows = Result.objects.filter(version=burned.version, quantity="combustion_emission").order_by("pk")
    return [(row.value, row.release) for row in rows]


def test_a_deposit_is_computed_anew_by_two_beside_what_it_gave(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor
) -> None:
    with pytest.raises(Refused, match="LAW-SAME"):
        perform("law.compare", administrator, data=YEAR)
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    [record] = found.records.all()
    # 86.20 t × 0.8616 tC/t × 98 % × 44/12 = 266.88, with 97 % 264.15
    assert {(one["before"], one["after"]) for one in record.changes} == {("266.88", "264.15"), ("267", "264")}
    assert (record.state, record.release) == (CHANGED, burned.release)
    proposal = perform("law.reevaluate", administrator, found, REASON).proposal
    assert proposal is not None
    assert combustion(burned) == [("266.88", burned.release)]  # nothing before the second approves
    with pytest.raises(Refused, match="ACT-SELF"):
        decide(proposal, administrator)
    approved(proposal, other_administrator)
    assert combustion(burned) == [("266.88", burned.release), ("264.15", release(power))]
    found.refresh_from_db()
    assert (found.state, [one.state for one in found.records.all()]) == (DONE, [KEPT])
    assert found.digest in particulars("law.reevaluate")
    assert f"{burned.where} combustion_emission: 266.88 → 264.15" in particulars("law.keep_results")
    seal()
    assert verify().faults == []  # the deposit's own results stand as they were witnessed


def test_a_record_that_comes_out_the_same_is_listed_no_more(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor
) -> None:
    enter(**OXIDATION | {"keys": {"fuel": "crude_oil"}})  # a fuel that the month did not burn
    found = compared(administrator, **YEAR)
    assert [one.state for one in found.records.all()] == [SAME]
    with pytest.raises(Refused, match="LAW-SAME") as refused:
        perform("law.reevaluate", administrator, found, REASON)
    assert refused.value.status == CONFLICT
    with pytest.raises(Refused, match="LAW-SAME"):
        perform("law.compare", administrator, data=YEAR)


def test_many_records_are_compared_by_columns_and_those_that_change_one_by_one(
    burned: Result, enter: Enter, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[int] = []
    stream = STREAMS["filings.deposits"]
    assert stream.evaluate is not None
    by_records = stream.evaluate
    monkeypatch.setitem(
        STREAMS, stream.code, replace(stream, evaluate=lambda key: evaluated.append(key) or by_records(key))
    )
    monkeypatch.setattr(population, "COLUMNS_FROM", 1)
    enter(**OXIDATION | {"keys": {"fuel": "crude_oil"}})  # a fuel that the month did not burn
    assert [one.state for one in compared(administrator, **YEAR).records.all()] == [SAME]
    assert evaluated == []
    enter(**OXIDATION)
    assert [one.state for one in compared(administrator, **YEAR).records.all()] == [CHANGED]
    assert evaluated == [burned.filing_id]


def test_a_value_entered_after_the_comparison_refuses_its_decision(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor
) -> None:
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    proposal = perform("law.reevaluate", administrator, found, REASON).proposal
    assert proposal is not None
    enter(**OXIDATION | {"value": "0.96"})
    with pytest.raises(Refused, match="LAW-CHANGED"):
        decide(proposal, other_administrator)
    with pytest.raises(Refused, match="LAW-CHANGED"):
        perform("law.reevaluate", administrator, found, REASON)
    assert combustion(burned) == [("266.88", burned.release)]


def test_a_value_entered_while_it_is_compared_leaves_no_comparison(
    burned: Result, enter: Enter, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(**OXIDATION)
    evaluated = comparing.evaluated

    def slow(*arguments: Any) -> Any:
        enter(**OXIDATION | {"value": "0.96"})
        return evaluated(*arguments)

    monkeypatch.setattr(comparing, "evaluated", slow)
    row = perform("law.compare", administrator, data=YEAR).result
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message["code"]) == (Job.FAILED, "LAW-CHANGED")
    assert not Comparison.objects.exists()


def test_a_deposit_that_was_corrected_meanwhile_refuses_the_decision(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor, clerk: Actor, approver: Actor
) -> None:
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    proposal = perform("law.reevaluate", administrator, found, REASON).proposal
    assert proposal is not None
    filing = Filing.objects.get(pk=burned.filing_id)
    perform("filings.correct", clerk, filing, {"reason": "数据更正说明"})
    saved(clerk, filing, {"units": [{"unit": "1", "months": [MONTH | {"running_hours": "668.40"}]}]})
    answered(clerk, filing)
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)
    with pytest.raises(Refused, match="LAW-MEANWHILE") as refused:
        decide(proposal, other_administrator)
    assert filing.period in refused.value.message.zh
    assert refused.value.status == CONFLICT


def test_what_comes_out_otherwise_than_it_was_seen_stays_as_it_is(
    burned: Result,
    enter: Enter,
    administrator: Actor,
    other_administrator: Actor,
    unit: Unit,
    signed_in: Callable[[str], Client],
) -> None:
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    proposal = perform("law.reevaluate", administrator, found, REASON).proposal
    assert proposal is not None
    versions = unit.versions
    attributes = {**versions.get().attributes, "rated_power": "330"}
    approved(proposal, other_administrator, lambda: versions.update(attributes=attributes))
    assert [one.state for one in found.records.all()] == [MEANWHILE]
    assert combustion(burned) == [("266.88", burned.release)]
    page = signed_in("administrator").get(found.get_absolute_url()).context
    assert (page["changed"], page["handled"], page["whole"]) == (0, 1, 1)


ALTERED: dict[str, Callable[[Comparison], object]] = {
    "digest": lambda c: Comparison.objects.filter(pk=c.pk).update(digest="0" * 64),
    "what is read": lambda c: c.records.update(changes=[{**c.records.get().changes[0], "after": "1"}]),
    "state": lambda c: c.records.update(state=KEPT),
    "release": lambda c: c.records.update(release="of no law"),
    "record": lambda c: c.records.update(key=c.records.get().key + 1),
    "difference": lambda c: c.records.update(digest="0" * 64),
    "taken out": lambda c: c.records.all().delete(),
}


@pytest.mark.parametrize("altered", ALTERED)
def test_a_comparison_that_was_altered_decides_nothing(
    altered: str, burned: Result, enter: Enter, administrator: Actor
) -> None:
    enter(**OXIDATION)
    comparison = compared(administrator, **YEAR)
    ALTERED[altered](comparison)
    with pytest.raises(Refused, match="LAW-ALTERED") as refused:
        perform("law.reevaluate", administrator, comparison, REASON)
    assert refused.value.status == CONFLICT


def test_work_that_was_ended_goes_on_where_it_stopped(
    clerk: Actor, approver: Actor, plant: Organisation, enter: Enter, administrator: Actor,
    other_administrator: Actor, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for month in ("2023-05", "2023-06"):
        data = {"form_code": "power.month", "organisation_id": plant.pk, "period": month}
        filing = perform("filings.open", clerk, data=data).result
        saved(clerk, filing, {"units": [{"unit": "1", "months": [MONTH | {"month": month}]}]})
        answered(clerk, filing)
        perform("filings.check", clerk, filing)
        perform("filings.deposit", approver, filing)
    enter(**OXIDATION)
    monkeypatch.setattr(comparing, "BATCH", 1)
    found = compared(administrator, **YEAR)
    proposal = perform("law.reevaluate", administrator, found, REASON).proposal
    assert proposal is not None
    monkeypatch.setattr(jobs, "REPORT_EVERY_SECONDS", 0)

    def batch(*arguments: Any, **named: Any) -> Any:
        Job.objects.filter(state=Job.RUNNING).update(cancel_asked=True)
        return perform(*arguments, **named)

    monkeypatch.setattr(comparing, "perform", batch)
    assert approved(proposal, other_administrator).state == Job.CANCELLED
    monkeypatch.undo()
    found.refresh_from_db()
    assert (found.state, sorted(one.state for one in found.records.all())) == (APPROVED, [CHANGED, KEPT])
    browser = signed_in("administrator")
    assert "law.continue_reevaluation" in browser.get(found.get_absolute_url()).content.decode()
    run_jobs(lambda: perform("law.continue_reevaluation", administrator, found), lambda: _no_button(browser, found))
    found.refresh_from_db()
    assert (found.state, [one.state for one in found.records.all()]) == (DONE, [KEPT, KEPT])


def test_the_platform_alone_keeps_comparisons_and_results(burned: Result, enter: Enter, administrator: Actor) -> None:
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    made_up = {**YEAR, "release": found.release, "person_id": 1, "records": []}
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("law.keep_comparison", administrator, data=made_up)
    Comparison.objects.filter(pk=found.pk).update(state=APPROVED)
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("law.keep_results", administrator, found, {"numbers": [1]})


@pytest.mark.parametrize(
    ("data", "code"),
    [({"year": 2024}, "LAW-SAME"), ({"stream": "policy.rounds"}, "LAW-STREAM"), ({"guideline": "x"}, "LAW-SAME")],
)
def test_what_cannot_be_compared_is_refused(
    data: dict[str, Any], code: str, burned: Result, enter: Enter, administrator: Actor
) -> None:
    enter(**OXIDATION)
    with pytest.raises(Refused, match=code):
        perform("law.compare", administrator, data=YEAR | data)


def test_another_filing_of_the_year_costs_the_acts_no_evaluation(
    clerk: Actor, approver: Actor, plant: Organisation, enter: Enter, administrator: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Asking and deciding compute nothing: whatever is long is a job's."""
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    deposited(clerk, approver, perform("filings.open", clerk, data=data).result)
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)

    def never(*_: Any) -> Any:
        pytest.fail("computed within the request")

    monkeypatch.setattr(comparing, "evaluated", never)
    assert perform("law.compare", administrator, data=YEAR).result.state == Job.QUEUED
    assert perform("law.reevaluate", administrator, found, REASON).proposal is not None


def _no_button(browser: Client, comparison: Comparison) -> None:
    """While the work waits or runs nobody is offered to begin it again."""
    page = browser.get(comparison.get_absolute_url()).content.decode()
    assert "<progress" in page
    assert "law.continue_reevaluation" not in page


def test_of_many_records_that_changed_meanwhile_five_are_named(
    burned: Result, enter: Enter, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    stream = STREAMS[found.stream]
    named = replace(stream, names=lambda keys: {key: (Text(f"记录{key}", f"record {key}"), "") for key in keys})
    monkeypatch.setitem(STREAMS, found.stream, named)
    monkeypatch.setattr(
        comparison_actions, "changed_meanwhile", lambda _: [SimpleNamespace(key=key) for key in range(11, 18)]
    )
    with pytest.raises(Refused, match="LAW-MEANWHILE") as refused:
        perform("law.reevaluate", administrator, found, REASON)
    assert [key for key in range(11, 18) if f"record {key}" in refused.value.message.en] == [11, 12, 13, 14, 15]


def test_on_the_page_of_a_comparison_the_urgent_records_stand_first(
    burned: Result, enter: Enter, administrator: Actor, signed_in: Callable[[str], Client]
) -> None:
    enter(**OXIDATION)
    found = compared(administrator, **YEAR)
    row = found.records.get()
    for number, state in enumerate((SAME, KEPT, BARRED, MEANWHILE), 2):
        row.pk, row.number, row.state = None, number, state
        row.save(force_insert=True)
    page = signed_in("administrator").get(found.get_absolute_url()).context
    assert [record.state for record in page["page"]] == [MEANWHILE, BARRED, CHANGED, KEPT, SAME]
    assert (page["hidden"], page["changed"], page["handled"], page["whole"]) == (0, 1, 2, 3)


def test_a_comparison_counts_the_records_that_it_has_compared(
    burned: Result, enter: Enter, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None before the first, and one after it."""
    enter(**OXIDATION)
    step, counted = jobs.JobRun.step, list[int]()

    def noted(run: jobs.JobRun, done: int, *arguments: Any) -> None:
        counted.append(done)
        step(run, done, *arguments)

    monkeypatch.setattr(jobs.JobRun, "step", noted)
    compared(administrator, **YEAR)
    assert counted[:2] == [0, 1]
