"""What the tests of the project guidelines share: worked examples at their place in the tree."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

from tanzhi.rulebook.kernel import Guideline, Node, evaluate

FOLDER = Path(__file__).with_name("cases")


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return found


def at(top: Node, path: str) -> Node:
    return next(node for node in top.walk() if node.path == path)


def prove(guideline: Guideline, case: dict[str, Any]) -> None:
    """Every value of the example, exactly or to the places it is printed with."""
    top = evaluate(guideline, case["year"], case["record"])
    for path, wanted in case.get("expected", {}).items():
        found = {name: at(top, path).value(name).number for name in wanted}
        assert found == {name: None if value is None else Decimal(value) for name, value in wanted.items()}
    for path, wanted in case.get("near", {}).items():
        found = {n: at(top, path).value(n).number.quantize(Decimal(v), ROUND_HALF_UP) for n, v in wanted.items()}
        assert found == {name: Decimal(value) for name, value in wanted.items()}
