"""From an empty database to the published bulletin of a second province, by links and buttons alone.

`tanzhi admin create` is the only command. Each step is a sentence of docs/tutorial.md and .zh.md: what stands between
its marks is pressed, so that the tutorial cannot say what does not work. Guizhou, its firms and numbers are made up.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.beginning import setting_up
from tests.journeys.beginning.installation import Installation
from tests.journeys.beginning.people import Tutorial
from tests.journeys.beginning.rows import MONDAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.journey
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
        setting_up.set_up(tutorial, empty)
    tutorial.chapter("", "")
    for chapter in tutorial.chapters[:-1]:
        sys.stdout.write(f"{chapter.title[1]}: {chapter.clicks} clicks, {chapter.seconds:.1f} s\n")
