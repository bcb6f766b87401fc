"""Months into a year: rows with one key become one, rows that only look alike stay apart."""

from tanzhi.filings.intake.records import merged

LEVELS = {"unit", "month", "fuel", "sample"}


def month(code, fuels):
    return {"units": [{"months": [{"fuels": fuels, "month": code}], "unit": "1"}]}


def test_months_of_one_unit_come_together():
    whole = merged([month("2023-01", []), month("2023-02", [])], LEVELS)
    assert [m["month"] for m in whole["units"][0]["months"]] == ["2023-01", "2023-02"]
    assert len(whole["units"]) == 1


def test_two_samples_with_the_same_carbon_stay_two():
    samples = [{"carbon": "57.00", "sample": "1"}, {"carbon": "57.00", "sample": "2"}]
    whole = merged([month("2023-01", [{"fuel": "bituminous", "samples": samples}])], LEVELS)
    assert whole["units"][0]["months"][0]["fuels"][0]["samples"] == samples
