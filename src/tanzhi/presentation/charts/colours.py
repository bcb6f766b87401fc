"""The house's colours, read from the style sheet so that they stand in one place."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,8})")
SERIES = ("malachite", "azurite", "ochre", "plum", "cinnabar", "stone")
FONTS = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


@lru_cache(maxsize=1)
def tokens() -> dict[str, str]:
    """Every colour token by its name, such as `malachite` or `ink-2`."""
    sheet = finders.find("tanzhi/tokens.css")
    return dict(TOKEN.findall(Path(str(sheet)).read_text(encoding="utf-8")))


def series() -> list[str]:
    """Colours of a chart's series, in their order."""
    return [tokens()[name] for name in SERIES]
