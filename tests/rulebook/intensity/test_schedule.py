"""Examples E12 of the reference sheet on intensity: Shaanxi's official series and the 17 % target."""

from decimal import Decimal

import pytest

from tanzhi.rulebook.intensity.fault import IntensityFault
from tanzhi.rulebook.intensity.schedule import (
    annual_rate,
    completion,
    cumulative,
    light,
    remaining,
    scheduled,
    share_of_target,
)


def percent(fraction: Decimal, places: str = "0.0001") -> Decimal:
    return (fraction * 100).quantize(Decimal(places))


@pytest.mark.parametrize(
    ("target", "rate"),
    [("0.13", "2.7468"), ("0.16", "3.4270"), ("0.17", "3.6580"), ("0.18", "3.8913"), ("0.205", "4.4846")],
)
def test_the_equal_annual_rate_is_geometric(target, rate):
    assert percent(annual_rate(Decimal(target), 5)) == Decimal(rate)


def test_the_schedule_of_seventeen_per_cent_over_five_years():
    due = [percent(scheduled(Decimal("0.17"), 5, k)) for k in range(1, 6)]
    assert due == [Decimal(x) for x in ("3.6580", "7.1822", "10.5775", "13.8486", "17.0000")]


def test_official_annual_declines_chain_to_the_printed_total():
    assert percent(-cumulative([-Decimal(x) / 100 for x in ("8.01", "1.79", "5.35")]), "0.000001") == Decimal(
        "14.489992"
    )


def test_progress_after_two_years():
    change, target = cumulative([Decimal("-0.031"), Decimal("-0.042")]), Decimal("0.17")
    assert percent(change) == Decimal("-7.1698")
    assert percent(completion(change, target, 5, 2)) == Decimal("99.8273")
    assert percent(share_of_target(change, target)) == Decimal("39.9283")
    assert percent(remaining(change, target)) == Decimal("10.5894")
    assert percent(annual_rate(remaining(change, target), 3)) == Decimal("3.6623")


@pytest.mark.parametrize(
    ("change", "latest", "colour"),
    [("-0.0717", "-0.042", "orange"), ("-0.08", "-0.042", "green"), ("0", "-0.01", "red"), ("-0.08", "0", "red")],
)
def test_the_light_follows_schedule_and_latest_year(change, latest, colour):
    due = scheduled(Decimal("0.17"), 5, 2)
    assert light(Decimal(change), Decimal(latest), due) == colour


@pytest.mark.parametrize(("target", "years", "elapsed"), [("17", 5, 2), ("0", 5, 2), ("0.17", 0, 0), ("0.17", 5, 6)])
def test_a_target_that_cannot_be_is_refused(target, years, elapsed):
    with pytest.raises(IntensityFault) as refused:
        scheduled(Decimal(target), years, elapsed)
    assert refused.value.code == "INT-05"
