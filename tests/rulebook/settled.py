"""What every definition of every rule and check says of itself, by guideline and function.

`python -m tests.rulebook.settled` adds the lines of new definitions to `in_force/<guideline>.yaml`. It never changes a
line that stands: that is done by hand, with the law beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.rules import Check, Rule, validity_of
from tanzhi.rulebook.kernel.yaml_files import read_yaml

FOLDER = Path(__file__).with_name("in_force")


def said(one: Rule | Check) -> dict[str, Any]:
    """Level, years or days, digits and bounds of a definition; without what it leaves at the default."""
    words: dict[str, Any] = {"of": one.level}
    days = validity_of(one)
    if any(days.values()):
        words |= _validity(days["since"] or "", days["until"] or "")
    if isinstance(one, Check):
        return words | {"severity": one.severity}
    if one.unit != "1":
        words["unit"] = one.unit
    if one.decimals is not None:
        words["reported"] = f"{one.decimals} {one.rounding}"
    if one.minimum is not None or one.maximum is not None:
        words["bounds"] = f"{one.minimum or ''} to {one.maximum or ''}"
    return words | ({"required": True} if one.required else {}) | ({"empirical": True} if one.empirical else {})


def _validity(since: str, until: str) -> dict[str, str]:
    """Whole years as years, else the first and the last day."""
    if (since.endswith("-01-01") or not since) and (until.endswith("-12-31") or not until):
        return {"years": f"{since[:4]}-{until[:4]}"}
    return {"days": f"{since} to {until}"}


def definitions(guideline: str) -> dict[str, dict[str, Any]]:
    found = guidelines()[guideline]
    rules = {rule.function.__name__: said(rule) for rules in found.rules.values() for rule in rules}
    return rules | {check.code: said(check) for check in found.checks}


def settled(guideline: str) -> dict[str, dict[str, Any]]:
    file = FOLDER / f"{guideline}.yaml"
    return dict(read_yaml(file) or {}) if file.exists() else {}


def main() -> None:
    for guideline in guidelines():
        stands = settled(guideline)
        new = {name: words for name, words in definitions(guideline).items() if name not in stands}
        if not new:  # a guideline of values alone has no file
            continue
        with (FOLDER / f"{guideline}.yaml").open("a", encoding="utf-8") as file:
            for name, words in new.items():
                line = yaml.safe_dump(words, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1000)
                file.write(f"{name}: {line}")


if __name__ == "__main__":
    main()
