"""Clicks and seconds of a walk through the pages, counted and printed."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass
class Walk:
    """Somebody's clicks and seconds on the way to something."""

    page: Page
    clicks: int = 0
    begun: float = field(default_factory=time.monotonic)

    def press(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def ended(self, what: str, most: int) -> None:
        sys.stdout.write(f"{what}: {self.clicks} clicks, {time.monotonic() - self.begun:.1f} s\n")
        assert self.clicks <= most, what
