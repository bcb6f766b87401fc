"""The refusal of one field is written once: in both languages, with the field, what was found and what is expected."""

from __future__ import annotations

from datetime import date

import pytest

from tanzhi.actions.refusal import refused
from tanzhi.rulebook.kernel import Text


@pytest.mark.parametrize(
    ("actual", "zh", "en"),
    [
        (Text("无", "none"), "无", "none"),
        ("5", "5", "5"),
        (7, "7", "7"),
        (date(2024, 6, 3), "2024-06-03", "2024-06-03"),
        ("", "—", "—"),
    ],
)
def test_the_refusal_of_a_field_names_what_was_found_and_expected(actual: object, zh: str, en: str) -> None:
    refusal = refused("POL-PROOF", "files", actual, Text("至少一份", "at least one"), status=409)
    assert (refusal.code, refusal.status) == ("POL-PROOF", 409)
    assert refusal.message.as_dict() == {
        "zh": f"应为至少一份，现为{zh}",
        "en": f"expected at least one, found {en}",
    }
    (finding,) = refusal.findings
    assert (finding.code, finding.severity, finding.field) == ("POL-PROOF", "error", "files")
    assert (finding.found.en, finding.expected.zh, finding.message) == (en, "至少一份", refusal.message)
