"""What a run would come out as under other values of its plan."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.evidence.models import Entry
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.streams.market.allocation.model import AllocationRun
from tanzhi.streams.market.allocation.what_if import plan_values
from tests import factories
from tests.factories import World
from tests.law.conftest import Enter
from tests.streams.market import market

# 国环规气候〔2023〕1号 gives 2022 these values for class II; the plant files the same for both years, so that its
# allowances of 2021 under them are those of 2022 (E5 of the reference sheet on power).
OF_2022 = {"electricity_benchmark.II": "0.8729", "heat_benchmark.I.II.III": "0.1105"}


def signed_in(client: Client, person: Person) -> None:
    with unrecorded():
        Person.objects.filter(pk=person.pk).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=person.pk), backend="django.contrib.auth.backends.ModelBackend")


@pytest.fixture
def run(world: World) -> AllocationRun:
    people = [
        factories.person(name, (role, place))
        for name, role, place in (
            ("clerk", "enterprise_filer", world.plant),
            ("head", "enterprise_approver", world.plant),
            ("officer", "provincial_officer", world.authority),
            ("elsewhere", "provincial_officer", world.other_authority),
        )
    ]
    clerk, head, officer, _ = (actor_of(person) for person in people)
    market.filed(world.plant, clerk, head, 2021)
    market.account(world.plant, officer)
    return market.computed(market.cycle(world, officer), officer)


@pytest.fixture
def officer(client: Client, run: AllocationRun) -> Client:
    signed_in(client, Person.objects.get(sign_in_name="officer"))
    return client


def test_other_values_of_the_plan_give_the_allowances_of_the_year_that_has_them(
    officer: Client, run: AllocationRun
) -> None:
    entries = Entry.objects.count()
    page = officer.get(reverse("registry:what_if", args=[run.pk]), OF_2022)
    assert page.status_code == 200
    sums = page.context["sums"]
    assert sums["allowance"] == market.ALLOWANCE[2021]
    assert sums["supposed_allowance"] == market.ALLOWANCE[2022]
    assert sums["change"] == market.ALLOWANCE[2022] - market.ALLOWANCE[2021]
    (line,) = run.lines.all()
    assert line.allowance == market.ALLOWANCE[2021]
    assert Entry.objects.count() == entries


def test_the_values_of_the_plan_alone_are_nothing_to_compare(officer: Client, run: AllocationRun) -> None:
    page = officer.get(reverse("registry:what_if", args=[run.pk]), {"electricity_benchmark.II": "0.8773"})
    assert (page.status_code, page.context["sums"], page.context["listing"]) == (200, None, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("abc", "VAL-NUMBER"),
        ("0,8", "VAL-COMMA"),
        ("-0.1", "REG-WHAT-IF"),
        ("1000001", "REG-WHAT-IF"),
        ("9" * 500, "VAL-NUMBER"),
        ("NaN", "VAL-NUMBER"),
    ],
)
def test_what_cannot_be_used_is_named_at_its_field_and_stands_as_it_was_written(
    officer: Client, run: AllocationRun, written: str, code: str
) -> None:
    page = officer.get(reverse("registry:what_if", args=[run.pk]), {"electricity_benchmark.II": written})
    assert page.status_code == 422
    assert [(f.code, f.field) for f in page.context["findings"]] == [(code, "electricity_benchmark.II")]
    assert f'value="{written}"' in page.content.decode()


@pytest.mark.parametrize("written", ["0", "1000000"])
def test_the_least_and_the_greatest_value_are_taken(officer: Client, run: AllocationRun, written: str) -> None:
    page = officer.get(reverse("registry:what_if", args=[run.pk]), {"electricity_benchmark.II": written})
    assert (page.status_code, bool(page.context["sums"])) == (200, True)


def test_a_name_that_is_no_value_of_the_plan_changes_nothing(officer: Client, run: AllocationRun) -> None:
    page = officer.get(reverse("registry:what_if", args=[run.pk]), {"electricity_benchmark.V": "1", "gap_cap'": "1"})
    assert (page.status_code, page.context["sums"]) == (200, None)


@pytest.mark.usefixtures("officer")
def test_where_a_value_was_entered_for_one_class_the_others_keep_theirs(enter: Enter) -> None:
    shipped = [value.name for value in plan_values(2021, {}) if value.table.name == "heat_benchmark"]
    assert shipped == ["heat_benchmark.I.II.III", "heat_benchmark.IV"]
    enter(guideline="power_allocation", parameter="heat_benchmark", keys={"unit_class": "I"}, value="0.1100",
          unit="tCO2/GJ", since="2021-01-01", until="2021-12-31", source="公告第7号，二", supersedes=True)  # fmt: skip
    now = [(v.name, str(v.entry.value)) for v in plan_values(2021, {}) if v.table.name == "heat_benchmark"]
    entered, *left = now
    assert entered == ("heat_benchmark.I", "0.1100")
    assert left == [("heat_benchmark.II.III", "0.1111"), ("heat_benchmark.IV", "0.0560")]


@pytest.mark.parametrize("name", ["clerk", "head", "elsewhere"])
def test_whoever_does_not_prepare_the_run_does_not_find_it(client: Client, run: AllocationRun, name: str) -> None:
    signed_in(client, Person.objects.get(sign_in_name=name))
    assert client.get(reverse("registry:what_if", args=[run.pk])).status_code == 404
