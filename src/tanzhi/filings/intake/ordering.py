"""In which order findings are told: why a value is wrong comes before how it is written."""

from __future__ import annotations

from collections.abc import Iterable

from tanzhi.rulebook.kernel import Finding
from tanzhi.rulebook.kernel.finding import ERROR, NOTE, QUESTION

RANK = {ERROR: 0, QUESTION: 1, NOTE: 2}
# A value of the wrong magnitude has the wrong number of places too; correcting the magnitude corrects those.
FOLLOWING = {"FORM-DECIMALS", "VAL-ROUNDED"}


def ordered(of_form: Iterable[Finding], of_checks: Iterable[Finding]) -> list[Finding]:
    """Errors, questions, notes; within each what the checks say of a cell before what the form says of it."""
    checks = list(of_checks)
    error_fields = {(f.place, name) for f in checks if f.severity == ERROR for name in f.field.split(", ")}
    rest = [f for f in of_form if f.code not in FOLLOWING or (f.place, f.field) not in error_fields]
    return sorted([*checks, *rest], key=lambda f: RANK.get(f.severity, 0))
