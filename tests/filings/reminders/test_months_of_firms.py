"""The months of many plants, counted by the database, are those that their register and filings have one by one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.months.completeness import ALL_MONTHS, fewer_months_owed, running_in
from tanzhi.filings.reminders.duties import duties
from tanzhi.filings.reminders.matrix import lines_of, owing_in, rates_of
from tanzhi.filings.reminders.months_of_firms import FirmMonths, counted, months_before, months_of_year
from tanzhi.filings.reminders.readiness import filings_standing
from tanzhi.filings.reminders.todos import OpenMonth, open_months
from tanzhi.organisations.register.model import Organisation
from tests import factories
from tests.factories import World
from tests.filings.deposits.test_work import deposited

NOVEMBER = datetime(2023, 11, 20, 4, tzinfo=UTC)
TODAY = NOVEMBER.date()
APRIL_AND_MAY = 0b000000011000  # January is the lowest bit


@pytest.fixture
def plants(world: World, officer: Actor, director: Actor, clerk: Actor, approver: Actor) -> dict[str, Organisation]:
    """One that began its unit in May, one that ended it in May, one with a unit for each half, one without a unit, one
    that took over another's works in July; the first plant has deposited June and begun July.
    """
    firms = {}
    for code in ("BEGUN", "ENDED", "HALVES", "NONE", "BUYER"):
        firms[code] = factories.key_unit(factories.organisation(code, world.city))
    units = {
        "BEGUN": [(date(2023, 5, 1), None)],
        "ENDED": [(date(2020, 1, 1), date(2023, 5, 1))],
        "HALVES": [(date(2020, 1, 1), date(2023, 7, 1)), (date(2023, 7, 1), None)],
        "BUYER": [(date(2023, 7, 1), None)],
    }
    for code, spans in units.items():
        works = factories.facility(firms[code])
        for number, (since, until) in enumerate(spans, 1):
            data = {"number": str(number), "attributes": {}, "since": since}
            unit = perform("organisations.add_unit", factories.PLATFORM, works, data).result
            if until:
                perform("organisations.end_unit", officer, unit, {"until": until})
    with clock.at(NOVEMBER):
        shorter = {"region": world.city.code, "form_code": "power.month", "days": 20, "since": "2023-06-01"}
        perform("filings.set_deadline", director, data=shorter | {"source": "市局通知"})
        month = {"form_code": "power.month", "organisation_id": world.plant.pk}
        deposited(clerk, approver, perform("filings.open", clerk, data=month | {"period": "2023-06"}).result)
        perform("filings.open", clerk, data=month | {"period": "2023-07"})
    return firms


def test_whoever_ran_no_unit_all_the_year_owes_fewer_months(plants: dict[str, Organisation]) -> None:
    """A unit that ended on 1 May ran on no day of May; whose units follow one another owes all months, as does whoever
    has none in the register.
    """
    keys = [firm.pk for firm in plants.values()]
    of_2023 = {
        plants["BEGUN"].pk: 0b111111110000,
        plants["ENDED"].pk: 0b000000001111,
        plants["HALVES"].pk: ALL_MONTHS,
        plants["BUYER"].pk: 0b111111000000,
    }
    assert fewer_months_owed(keys, 2023) == of_2023
    assert fewer_months_owed(Organisation.objects.filter(pk__in=keys), 2023) == of_2023
    assert fewer_months_owed(keys, 2024) == {}  # ended before the year: nothing ran, and so all of it is asked for


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_they_are_the_months_in_which_the_register_has_a_unit_running(
    plants: dict[str, Organisation], world: World, year: int
) -> None:
    months = [f"{year}-{number:02d}" for number in range(1, 13)]
    fewer = fewer_months_owed(Organisation.objects.all(), year)
    for firm in (*plants.values(), world.plant):
        ran = [bool(units) for units in running_in(firm, months).values()]
        owed = fewer.get(firm.pk, ALL_MONTHS)
        assert [bool(owed >> at & 1) for at in range(12)] == (ran if any(ran) else [True] * 12)


def test_what_was_begun_and_deposited_is_counted_without_reading_it(
    plants: dict[str, Organisation], world: World
) -> None:
    """June was deposited in November, after its day, and July begun."""
    of_2023 = months_of_year(Organisation.objects.all(), 2023)
    assert of_2023.of(world.plant.pk, "power.month", ALL_MONTHS) == FirmMonths(ALL_MONTHS, 0b1100000, 0b0100000, 0)
    assert of_2023.of(plants["ENDED"].pk, "power.month", ALL_MONTHS) == FirmMonths(0b1111)
    others = months_of_year(Organisation.objects.exclude(pk=world.plant.pk), 2023)
    assert others.of(world.plant.pk, "power.month", 0b111) == FirmMonths(0b111)


def test_months_are_counted_and_compared() -> None:
    assert counted([0b1, 0b11, 0b100000000000]) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert counted([]) == [0] * 12
    assert [months_before(2023, month) for month in ("2022-12", "2023-01", "2023-02", "2024-01")] == [
        0, 0, 1, ALL_MONTHS,
    ]  # fmt: skip
    assert months_before(2023, "2023-06") & ~months_before(2023, "2023-04") == APRIL_AND_MAY


def test_an_officer_s_months_are_his_plants_duties_counted(
    plants: dict[str, Organisation], officer: Actor, city_officer: Actor, other_officer: Actor
) -> None:
    for actor in (officer, city_officer, other_officer):
        with clock.at(NOVEMBER):
            firms = Organisation.objects.visible_to(actor).filter(kind="enterprise").select_related("region")
            monthly = [duty for duty in duties(firms) if len(duty.period) == 7 and not duty.is_deposited]
            counts = open_months(actor, TODAY)
        one_by_one = {
            period: OpenMonth(
                min(duty.due_on for duty in monthly if duty.period == period),
                sum(duty.period == period and duty.filing is None for duty in monthly),
                sum(duty.period == period and duty.filing is not None for duty in monthly),
            )
            for period in sorted({duty.period for duty in monthly})
        }
        assert dict(counts) == one_by_one
        assert one_by_one["2023-07"].first in (date(2023, 8, 20), date(2023, 9, 9))  # the city's own day, or the law's


def test_readiness_counts_what_is_overdue_among_the_duties(plants: dict[str, Organisation], officer: Actor) -> None:
    with clock.at(NOVEMBER):
        firms = Organisation.objects.visible_to(officer).filter(kind="enterprise").select_related("region")
        every = duties(firms)
        standing = filings_standing(officer, TODAY)
    late = Counter(duty.organisation_id for duty in every if duty.filing is None and duty.due_on < TODAY)
    begun = sum(duty.filing is not None for duty in every)
    assert (len(late), begun) == (6, 2)
    assert standing.there.en == f"{len(every)} owed, 2 begun"
    [lacks] = standing.lacks
    assert lacks.message.en == f"6 have not begun what is overdue: {sum(late.values())} months and reports"
    assert [name.zh for name, _ in lacks.names] == [f"示例{firm.code}" for firm in firms.order_by("code")]


def test_the_matrix_counts_what_its_squares_show(plants: dict[str, Organisation], officer: Actor, world: World) -> None:
    """Of June: the first plant has deposited it late; BEGUN, HALVES and NONE owe it still."""
    with clock.at(NOVEMBER):
        owing = owing_in(officer, 2023, "", TODAY)
        rates = rates_of(owing, 2023, TODAY)
        firms = list(Organisation.objects.filter(pk__in=owing.months))
        squares = [line.squares for line in lines_of(firms, owing, 2023, TODAY)]
    for at, rate in enumerate(rates):
        shown = Counter((line[at].owed, line[at].deposited) for line in squares)
        assert (rate.owed, rate.deposited) == (shown[True, True] + shown[True, False], shown[True, True])
    june, december = rates[5], rates[11]
    assert (june.owed, june.deposited, june.in_time, june.due_on) == (4, 1, 0, date(2023, 8, 9))
    assert (str(june.deposited_share), str(june.in_time_share)) == ("25.0", "0.0")
    assert (december.owed, december.deposited_share) == (0, None)
