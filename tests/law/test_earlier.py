"""What was computed before a value was entered: listed with the value, computed anew by two, before and after seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db.models import CharField

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.evidence.tracking import unrecorded
from tanzhi.filings.months.model import Result
from tanzhi.law.earlier import NOT_STORED, STREAMS, EarlierResults, Entered, ValueChange, computed_earlier, earlier
from tanzhi.law.models import Comparison
from tanzhi.law.pages import READERS
from tanzhi.organisations.people.roles import ROLES
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text
from tests.law.conftest import Enter
from tests.law.reevaluating import approved, run_jobs
from tests.law.test_reevaluation import burned
from tests.law.test_stored import BENCHMARK, OXIDATION
from tests.streams.market import market

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Organisation, Unit
    from tests.factories import World

__all__ = ["burned"]  # the fixture of the deposited month
PAGE = "/law/parameters/power/oxidation_rate/"
LIST = "/law/earlier/"


# Whatever model has a release, and the stream that lists its rows under an earlier law.
STORED = {
    "filings.Result": "filings.deposits",
    "verification.Conclusion": "verification.conclusions",
    "registry.AllocationRun": "registry.runs",
    "inventory.Run": "inventory.inventories",
    "finance.Project": "finance.benefits",
    "ccer.CreditProject": "ccer.designs",
    "ccer.CreditReport": "ccer.reductions",
    "policy.Report": "policy.reports",
    "policy.Round": "policy.rounds",
    "intensity.Decomposition": "intensity.decompositions",
    "intensity.EarlyWarning": "intensity.warnings",
}

ASKED_ANEW = {"verification.CheckHit"}  # a question, which each run of the cross-checks asks by the limits of its day


def test_every_guideline_whose_results_are_stored_lists_them_and_every_other_says_why_nothing_is() -> None:
    listed = {name for stream in STREAMS.values() for name in stream.guidelines}
    assert listed | NOT_STORED.keys() == guidelines().keys()
    assert listed & NOT_STORED.keys() == set()


def test_every_record_that_names_its_release_is_listed_by_a_stream() -> None:
    released = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label != "law" and any(field.name == "release" for field in model._meta.fields)
    }
    assert released - ASKED_ANEW == STORED.keys()
    assert set(STORED.values()) == STREAMS.keys()


def test_a_deposit_is_listed_compared_and_computed_anew_and_shows_both(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("administrator")
    assert client.get(LIST).context["groups"] == []
    entry = enter(**OXIDATION)
    [listed] = client.get(PAGE).context["entered"][0]["earlier"]
    [standing] = client.get(LIST).context["groups"]
    assert (listed.stream.code, listed.count, standing.keys) == ("filings.deposits", 1, (burned.filing_id,))
    answers: list[Any] = []
    data = {"stream": "filings.deposits", "guideline": "power", "year": "2023"}
    run_jobs(lambda: answers.append(client.post(LIST, data)))
    job = client.get(answers[0].url).content.decode()
    found = Comparison.objects.get()
    assert found.get_absolute_url() in job
    before = client.get(found.get_absolute_url())
    assert f"law.reevaluate/{found.pk}/" in before.content.decode()
    [row] = before.context["rows"]
    # 86.20 t × 0.8616 tC/t × 98 % × 44/12 = 266.88, with 97 % 264.15
    assert {(c.before, c.after) for c in row["changes"]} == {("266.88", "264.15"), ("267", "264")}
    for change in row["changes"]:
        assert client.get("/explain/", {"ref": change.before_ref}).status_code == 200
    proposal = perform("law.reevaluate", administrator, found, {"reason": "公告第7号"}).proposal
    assert proposal is not None
    approved(proposal, other_administrator)
    page = client.get(f"/filings/{burned.filing_id}/")
    [done] = page.context["reevaluations"]
    assert (done.before, done.after) == (burned.release, Result.objects.order_by("pk").last().release)  # type: ignore[union-attr]  # there are results
    changes = {(c.label.en, c.before, c.after, c.difference) for c in done.changes}
    assert changes == {(c.label.en, c.before, c.after, c.difference) for c in row["changes"]}
    for change in done.changes:
        assert client.get("/explain/", {"ref": change.before_ref}).status_code == 200
        assert client.get("/explain/", {"ref": change.after_ref}).status_code == 200
    assert earlier(Entered.of(entry), administrator) == []
    assert client.get(LIST).context["groups"] == []
    assert [label.en for label, _, _ in client.get(found.get_absolute_url()).context["counts"]] == ["computed anew"]


@pytest.mark.parametrize(
    ("first", "last", "reached"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), False),
        (date(2022, 1, 1), date(2023, 7, 1), True),  # its last day is the value's first
        (date(2023, 8, 1), date(2023, 8, 31), True),
        (date(2023, 12, 31), date(2024, 12, 30), True),  # its first day is the value's last
        (date(2024, 1, 1), date(2024, 12, 31), False),
    ],
)
def test_a_value_reaches_what_was_computed_about_some_of_its_days(first: date, last: date, reached: bool) -> None:
    value = Entered("power", date(2023, 7, 1), date(2023, 12, 31), frozenset({"with it"}))
    assert value.reaches(EarlierResults("power", "without it", first, last, (1,))) is reached
    assert not value.reaches(EarlierResults("power", "with it", first, last, (1,)))
    assert not value.reaches(EarlierResults("market", "without it", first, last, (1,)))


def test_a_value_for_other_days_leaves_what_was_computed_unlisted(
    burned: Result, enter: Enter, administrator: Actor
) -> None:
    enter(**OXIDATION | {"since": "2024-01-01", "until": "2024-12-31"})
    assert computed_earlier(administrator) == []
    enter(**OXIDATION | {"since": "2023-12-31", "until": "2023-12-31"})  # a report of 2023 goes by the whole year
    assert [one.count for one in computed_earlier(administrator)] == [1]


def test_what_stands_about_a_year_stands_by_the_law_of_all_its_days() -> None:
    standing = EarlierResults.of_year("power", "0.1.0+1", 2023, [1])
    assert (standing.since, standing.until, standing.year) == (date(2023, 1, 1), date(2023, 12, 31), 2023)


def test_what_another_package_computed_is_listed(burned: Result, administrator: Actor) -> None:
    burned.pk, burned.release = None, "0.0.9+000000000000"  # the last of its version
    burned.save()
    assert [one.count for one in computed_earlier(administrator)] == [1]


def test_an_issued_run_is_listed_and_leads_to_a_new_one(
    world: World, officer: Actor, director: Actor, clerk: Actor, approver: Actor, plant: Organisation, unit: Unit,
    enter: Enter,
) -> None:  # fmt: skip
    market.filed(plant, clerk, approver, 2021)
    market.account(plant, officer)
    run = market.issued(market.cycle(world, officer), officer, director)
    enter(**BENCHMARK, keys={"unit_class": "I"})
    [listed] = [one for one in computed_earlier(officer) if one.stream.code == "registry.runs"]
    assert listed.keys == (run.pk,)
    assert f"cycle={run.cycle_id}&year=2021&stage=final" in listed.address
    again = perform("registry.open_run", officer, data={"cycle": run.cycle_id, "year": 2021, "stage": "final"}).result
    perform("registry.compute_run", officer, again)
    assert [one for one in computed_earlier(officer) if one.stream.code == "registry.runs"] == []
    run.refresh_from_db()
    assert run.lines.get().allowance == market.ALLOWANCE[2021]  # what was issued stays


@pytest.mark.parametrize("address", [PAGE, LIST])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_the_pages_are_for_those_who_read_the_law(role: str, address: str, signed_in: Callable[[str], Client]) -> None:
    assert signed_in(role).get(address).status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("1.50", "2", Decimal("0.50")),
        ("2", "1.5", Decimal("-0.5")),
        ("2", "2", Decimal(0)),
        (None, "2", None),
        ("2", None, None),
        (None, None, None),
        ("coal", "gas", None),
    ],
)
def test_a_change_has_a_difference_between_numbers_alone(
    before: str | None, after: str | None, difference: Decimal | None
) -> None:
    change = ValueChange(Text("排放量", "Emission"), Text("机组1", "Unit 1"), "t", before, after)
    assert change.difference == difference
    assert change.line == f"Unit 1, Emission: {before or '-'} → {after or '-'}"


def test_a_comparison_that_cannot_begin_says_why_on_its_page(signed_in: Callable[[str], Client]) -> None:
    browser = signed_in("administrator")
    answer = browser.post(LIST, {"stream": "no such stream", "guideline": "power", "year": "2023"})
    assert answer.status_code == 409
    assert "no such stream" in answer.content.decode()


def test_the_list_leads_to_the_twenty_comparisons_made_last(signed_in: Callable[[str], Client]) -> None:
    with unrecorded():
        rows = [
            Comparison.objects.create(
                stream="filings.deposits", guideline="power", year=2023, release="r", digest="0" * 64, person_id=1,
                at=clock.now(),
            )
            for _ in range(21)
        ]  # fmt: skip
    page = signed_in("administrator").get(LIST).content.decode()
    listed = [row.pk for row in rows if f'href="{row.get_absolute_url()}"' in page]
    assert listed == [row.pk for row in rows[1:]]


def test_every_column_of_a_digest_takes_one_and_nothing_longer() -> None:
    columns = {
        f"{model._meta.label}.{field.name}": field.max_length
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, CharField) and field.name in {"digest", "sha256", "file_sha256", "chain", "payload_hash"}
    }
    assert len(columns) >= 15
    assert set(columns.values()) == {len(sha256().hexdigest())}, columns


@pytest.mark.parametrize(
    "address",
    ["/law/parameters/power/nothing/", "/law/parameters/x/y/", "/law/earlier/987654321/"],
)
def test_what_is_no_parameter_and_no_comparison_has_no_page(address: str, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("administrator").get(address).status_code == 404


def test_every_parameter_has_a_page_that_calls_keys_and_codes_by_their_names(
    signed_in: Callable[[str], Client],
) -> None:
    browser = signed_in("auditor")
    raw = []
    for rulebook in guidelines().values():
        for table in rulebook.parameters:
            address = f"/law/parameters/{rulebook.name}/{table.name}/"
            answer = browser.get(address)
            assert answer.status_code == 200, address
            page = answer.content.decode()
            rules = [rule for key in table.keys for rule in rulebook.rules.get(key, ())]
            codes = {code for rule in rules for code, label in rule.options.items() if label.zh != code}
            cells = [f'<th scope="col">{rule.name}</th>' for rule in rules] + [f"<td>{code}</td>" for code in codes]
            raw += [f"{address} {cell}" for cell in cells if cell in page]
    assert raw == []
