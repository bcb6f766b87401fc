"""The check character of GB 32100-2015."""

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.register import credit_code
from tanzhi.organisations.register.model import Organisation
from tests.factories import World

# Worked by hand: weights 1, 3, 9, 27, 19 …; only place 2 holds a 1, so the sum is 3 and the character 31 - 3 = 28 = W.
HAND_MADE = "01000000000000000W"


def test_a_code_worked_by_hand_is_valid() -> None:
    assert credit_code.is_valid(HAND_MADE)


@pytest.mark.parametrize(
    "wrong",
    ["01000000000000000X", "10000000000000000W", "0100000000000000W", "0100000000000000IW", "01000000000000000w", ""],
    ids=["check", "swapped", "short", "letter I", "lower case", "blank"],
)
def test_a_mistyped_code_is_not(wrong: str) -> None:
    assert not credit_code.is_valid(wrong)


def test_a_sum_that_divides_evenly_gives_zero() -> None:
    assert credit_code.check_character("0" * 17) == "0"


def test_a_wrong_code_is_refused_by_name(world: World, officer: Actor) -> None:
    data = {"code": "N", "zh": "甲", "en": "A", "kind": "enterprise", "region": "990100", "since": "2020-01-01"}
    with pytest.raises(Refused) as refusal:
        perform("organisations.register", officer, data=data | {"credit_code": "01000000000000000X"})
    assert [finding.field for finding in refusal.value.findings] == ["credit_code"]
    assert not Organisation.objects.filter(code="N").exists()
