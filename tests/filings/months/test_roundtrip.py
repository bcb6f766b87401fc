"""A template that is filled in and read again gives the record that was filled in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.filings.intake import Expected, read_workbook, template
from tanzhi.filings.intake.template import Prefill
from tanzhi.rulebook.kernel import form
from tests.rulebook.kernel.bakery import bakery

FORM = form(bakery, "month", 2023)
cents = st.integers(0, 100_000).map(lambda n: f"{n // 100}.{n % 100:02d}")
tenths = st.integers(0, 1000).map(lambda n: f"{n // 10}.{n % 10}")
special = st.sampled_from(["NR", "EX"])
flours = st.lists(
    st.fixed_dictionaries(
        {"flour": st.sampled_from(["wheat", "rye", "spelt"]), "flour_used": cents | special},
        optional={"moisture": tenths | special},
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row["flour"],
)
months = st.lists(
    st.fixed_dictionaries({"month": st.integers(1, 12).map(lambda m: f"2023-{m:02d}"), "flours": flours}),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row["month"],
)
records = st.lists(
    st.fixed_dictionaries({"oven": st.sampled_from(["1", "2", "3"]), "months": months}),
    min_size=1,
    max_size=2,
    unique_by=lambda row: row["oven"],
).map(lambda ovens: {"ovens": ovens})


@given(records)
@settings(max_examples=25, deadline=None)
def test_a_filled_template_reads_back_as_the_same_record(record):
    answer = read_workbook(template(FORM, Prefill("E1", "2023", record)), "a.xlsx", FORM, Expected("2023", "E1"))
    assert answer.record == record
    assert answer.findings == []


def test_the_same_form_makes_the_same_bytes():
    assert template(FORM) == template(FORM)
