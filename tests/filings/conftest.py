"""A made-up guideline's month form stands for every form."""

import pytest

from tanzhi.rulebook.kernel import FormSpec, form
from tests.rulebook.kernel.bakery import bakery


@pytest.fixture(scope="session")
def month_form() -> FormSpec:
    return form(bakery, "month", 2023)
