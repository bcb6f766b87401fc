"""Columns and records of every guideline there is, over random and adversarial records: the same in every digit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanzhi.rulebook.kernel import guidelines
from tests.rulebook.columns.comparing import differences
from tests.rulebook.columns.populations import records, years_of

NAMES = sorted(guidelines())
SETTINGS = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.mark.parametrize("name", NAMES)
@SETTINGS
@given(data=st.data())
def test_any_record_of_any_guideline_is_the_same_in_columns_and_records(name: str, data: st.DataObject) -> None:
    guideline = guidelines()[name]
    year = data.draw(st.sampled_from(years_of(guideline)))
    several = data.draw(st.lists(records(guideline, year), min_size=1, max_size=3))
    assert differences(guideline, year, several, chunk=data.draw(st.sampled_from([1, 4, 1000]))) == []
