"""What a command loads before it does anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# each costs the start of a command up to a tenth of its time, and few draw, write Word or reckon a whole population
DEAR = {"altair", "docx", "docxtpl", "icalendar", "numpy", "typer.testing", "playwright", "vl_convert"}


def test_a_command_starts_without_what_only_some_need(tmp_path: Path) -> None:
    code = "import django, sys; django.setup(); print(*sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tanzhi.web.settings", "TANZHI_VAR": str(tmp_path)}
    answer = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    loaded = set(answer.stdout.split())
    assert "tanzhi.presentation.charts.chart" in loaded
    assert loaded & DEAR == set()
