"""The meter rules of example E13 in the reference, and what they leave alone."""

from decimal import Decimal

from tanzhi.rulebook.checks.conservative import (
    activity_with_worse_meter,
    activity_without_calibration,
    production_with_worse_meter,
    production_without_calibration,
)

HALF = Decimal("0.005")


def test_a_scale_without_calibration_raises_activity() -> None:
    assert activity_without_calibration(Decimal(150000), HALF) == Decimal(150750)


def test_a_meter_without_calibration_lowers_production() -> None:
    assert production_without_calibration(Decimal(1750000), HALF) == Decimal(1741250)


def test_a_worse_scale_raises_activity_by_the_difference() -> None:
    assert activity_with_worse_meter(Decimal(150000), Decimal("0.008"), HALF) == Decimal(150450)


def test_a_worse_meter_lowers_production_by_the_difference() -> None:
    assert production_with_worse_meter(Decimal(100000), Decimal("0.008"), HALF) == Decimal(99700)


def test_a_better_meter_changes_nothing() -> None:
    assert activity_with_worse_meter(Decimal(1000), Decimal("0.002"), HALF) == 1000
    assert production_with_worse_meter(Decimal(1000), Decimal("0.002"), HALF) == 1000
