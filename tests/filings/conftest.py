"""A made-up guideline's month form stands for every form."""

import pytest

from tanzhi.rulebook.kernel import FormSpec, form
from tests.rulebook.kernel.bakery import bakery


@pytest.fixture(scope="session")
def month_form() -> FormSpec:
    return form(bakery, "month", 2023)


@pytest.fixture(autouse=True)
def static_files(settings, tmp_path) -> None:
    """A folder for static files, as an installation has one."""
    settings.STATIC_ROOT = tmp_path
