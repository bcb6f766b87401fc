"""Writes the reference from the code, `make docs`: built, not kept; docs/reference.md says what it holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import django

from docs import (
    reference_actions,
    reference_addresses,
    reference_commands,
    reference_disclosure,
    reference_findings,
    reference_house,
    reference_rows,
    reference_rules,
    reference_settings,
    reference_terms,
    reference_workflows,
)
from tanzhi.bulletin.content import schema_text

FOLDER = Path(__file__).with_name("reference")
PAGES: dict[str, Callable[[], str]] = {
    "rules.md": reference_rules.page,
    "actions.md": reference_actions.page,
    "disclosure.md": reference_disclosure.page,
    "findings.md": reference_findings.page,
    "workflows.md": reference_workflows.page,
    "house.md": reference_house.page,
    "addresses.md": reference_addresses.page,
    "commands.md": reference_commands.page,
    "settings.md": reference_settings.page,
    "rows.md": reference_rows.page,
    "terms.md": reference_terms.page,
}
SCHEMA = Path(__file__).with_name("bulletin.schema.json")
"""Kept beside the code: others rely on it, so a change of it is to be seen."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    django.setup()
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
    SCHEMA.write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    main()
