"""From an empty database to the published bulletin of a second province, by links and buttons alone.

`tanzhi admin create` is the only command. Each step is a sentence of docs/tutorial.md and .zh.md: what stands between
its marks is pressed, so that the tutorial cannot say what does not work. Guizhou, its firms and numbers are made up.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.beginning import (
    allocation,
    inventory,
    months,
    parameters,
    past,
    plan,
    publishing,
    setting_up,
    verification,
)
from tests.journeys.beginning.installation import Installation
from tests.journeys.beginning.page import PAGES, but_for_minutes, page_of
from tests.journeys.beginning.people import Tutorial
from tests.journeys.beginning.rows import AFTER_THE_YEAR, MONDAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("beginning")]
WRITE = "TANZHI_WRITE_TUTORIAL"
PICTURES = "TANZHI_PICTURES"  # a folder into which every page of the journey is drawn


@pytest.fixture
def empty(tmp_path: Path, migrated: Callable[[Path], Path]) -> Installation:
    installation = Installation(tmp_path)
    migrated(installation.var)
    return installation


def test_a_province_begins_with_nothing_and_publishes_its_bulletin(empty: Installation, chromium: Browser) -> None:
    pictures = Path(os.environ[PICTURES]) if os.environ.get(PICTURES) else None
    tutorial = Tutorial(chromium, empty.address, "zh", pictures)
    with empty.open_on(MONDAY.isoformat()):
        province = setting_up.set_up(tutorial, empty)
        parameters.enter(tutorial, province)
        past.take_over(tutorial, province)
        months.file_months(tutorial, province)
        plan.plan_next_year(tutorial, province)
    with empty.open_on(AFTER_THE_YEAR.isoformat()):
        months.report_year(tutorial, province)
        verification.verify(tutorial, province)
        inventory.begin_inventory(tutorial, province)
        allocation.allocate(tutorial, province)
        publishing.publish(tutorial, province)
    tutorial.end()
    for language, file in PAGES.items():
        if os.environ.get(WRITE):
            file.write_text(page_of(tutorial, language), "utf-8")
        assert but_for_minutes(file.read_text("utf-8")) == but_for_minutes(page_of(tutorial, language)), (
            f"{file.name} tells other steps: {WRITE}=1 writes it anew"
        )
