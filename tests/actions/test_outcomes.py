"""No box that nobody ticked decides anything: over every registered action and every table of states."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tanzhi.actions.outcomes import APPROVAL, Outcomes, outcomes_of
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.table import Action, Input
from tanzhi.actions.validation import Label, validated
from tanzhi.rulebook.kernel.text import Text

DISCLOSED = "stays for officials unless it is ticked; nothing moves and nothing goes out"
MAGNITUDE = "repeats what the platform asked; refused by code while it is not ticked"
# Boxes that state a fact and decide nothing, each with the reason.
FACTS = {
    "bulletin.draft english": "whether an English text stands beside the Chinese one",
    "cases.comment internal": "who reads a comment; nothing else follows",
    "filings.map_ledger parts.cached_formulas": "how a ledger's cells are read",
    "filings.map_rows part.cached_formulas": "how a report's cells are read",
    "filings.upload all_months": "how many months the workbook holds; other months are refused by code",
    "finance.apply confirmed": MAGNITUDE,
    "finance.disburse confirmed": MAGNITUDE,
    "finance.grant_credit confirmed": MAGNITUDE,
    "finance.record_signed confirmed": MAGNITUDE,
    "intensity.record_energy published": DISCLOSED,
    "intensity.record_gdp published": DISCLOSED,
    "intensity.record_index published": DISCLOSED,
    "intensity.set_target binding": "the kind of target, as the plan that is entered has it",
    "intensity.set_target published": DISCLOSED,
    "intensity.set_target confidential": "narrows who reads a target",
    "law.enter_parameter supersedes": "refused by code where a value is in force and it is not ticked",
    "law.enter_parameter after_publication": "refused by code where the days are published and it is not ticked",
    "organisations.add_region counted": "whether a region's amounts are part of its parent's",
    "organisations.decide_membership whole_list": "takes a year's list as it stands; two persons decide on it",
    "policy.add_clauses clauses.assigns": "a column of an imported table, in the words of the document",
    "policy.name_pilot published": DISCLOSED,
    "policy.plan_event published": DISCLOSED,
    "policy.plan_visit published": DISCLOSED,
    "policy.register_document published": DISCLOSED,
}
# Moves whose state follows from the record and not from what somebody chooses.
BY_RECORD = {
    "filings.save": "a correction stays one",
    "filings.take_reports": "a correction stays one",
    "filings.upload": "a correction stays one",
    "filings.compose": "a correction stays one",
    "filings.return_to_clerk": "a correction stays one, and what the city sent back stays so",
    "filings.return_plan": "a revision stays one",
    "verification.pay_penalty": "a fine is paid once nothing is due",
    "verification.close_clue": "a clue of the nation is closed once the nation is answered",
}
DECISIONS = {
    "ccer.conclude_validation": ("validated", "not_validated"),
    "ccer.conclude_verification": ("verified", "not_verified"),
    "finance.city_review": ("recommended", "returned"),
    "policy.assess_audit": ("passed", "returned"),
    "verification.answer_secret": ("accepted", "rejected"),
    "verification.check_clue": ("real", "not_real"),
    "verification.decide_evaluation": ("good", "fair", "poor"),
    "verification.conclude": ("conforms", "does_not_conform"),
    "verification.decide": ("upheld", "dismissed"),
    "verification.decide_list_row": ("on", "off"),
    "verification.decide_penalty": ("fine", "no_fine", "handed_over"),
    "verification.end_penalty": ("no_fine", "handed_over"),
    "verification.answer_instalments": ("granted", "refused"),
    "verification.discuss_penalty": ("passed", "not_passed"),
    "verification.review_penalty": ("passed", "not_passed"),
    "verification.settle_penalty": ("upheld", "changed", "revoked"),
}
DECLARATIONS = {
    "ccer.state_design covered",
    "finance.apply penalised",
    "finance.give_opinion independent",
    "verification.note_line result",
}


def fields_of(model: type[BaseModel], way: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, info in model.model_fields.items():
        yield way + name, info
        for kind in kinds_in(info.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from fields_of(kind, f"{way}{name}.")


def kinds_in(annotation: Any) -> Iterator[Any]:
    """A type and everything that it is made of."""
    yield annotation
    if get_origin(annotation) in (Union, types.UnionType, list, tuple, dict, Annotated):
        for part in get_args(annotation):
            yield from kinds_in(part)


def own_actions() -> list[tuple[str, Action]]:
    return [(name, entry) for name, entry in sorted(ACTIONS.items()) if not name.startswith("t.")]


def boxes(model: type[BaseModel]) -> list[str]:
    return [way for way, info in fields_of(model) if bool in kinds_in(info.annotation)]


def test_every_box_of_every_action_states_a_fact_that_says_why_it_decides_nothing() -> None:
    assert {f"{name} {way}" for name, entry in own_actions() for way in boxes(entry.input)} == set(FACTS)
    assert all(len(reason) > 15 for reason in FACTS.values())


def test_every_move_between_two_ends_is_chosen_by_name_or_follows_from_the_record() -> None:
    forked = {
        move.name
        for kind in CASE_TYPES.values()
        for move in kind.moves
        if not move.brought and any(len(move.targets_from(state)) > 1 for state in move.leaves)
    }
    named = {name for name, entry in own_actions() if outcomes_of(entry.input.model_fields.get("outcome"))}
    own = {name for name in forked if name in ACTIONS and not name.startswith("t.")}
    assert own - named == set(BY_RECORD)
    assert named == set(DECISIONS)


def test_every_decision_names_its_outcomes_in_both_languages_and_has_no_default() -> None:
    for name, entry in own_actions():
        for way, info in fields_of(entry.input):
            if (outcomes := outcomes_of(info)) is None:
                continue
            assert f"{name} {way}" in DECLARATIONS or name in DECISIONS, f"{name} {way}"
            assert info.is_required(), f"{name} {way} has a default"
            assert get_args(info.annotation) == tuple(outcomes.options), f"{name} {way}: type and words differ"
            words = [text for label in outcomes.options.values() for text in (label.zh, label.en)]
            assert len(set(words)) == len(words) == 2 * len(outcomes.options) >= 4


@pytest.mark.parametrize("name", sorted(DECISIONS))
@pytest.mark.parametrize("value", ["blank", None, "", "true", True, False, 1, "passed?"])
def test_a_decision_without_an_outcome_is_refused_by_code(name: str, value: Any) -> None:
    entry = ACTIONS[name]
    data = {} if value == "blank" else {"outcome": value}
    with pytest.raises(Refused) as refusal:
        validated(entry, data)
    named = [finding for finding in refusal.value.findings if finding.field == "outcome"]
    outcomes = outcomes_of(entry.input.model_fields["outcome"])
    assert outcomes is not None
    assert [finding.code for finding in named] == ["ACT-OUTCOME"]
    for label in outcomes.options.values():
        assert label.zh in named[0].message.zh
        assert label.en in named[0].message.en


@pytest.mark.parametrize(("name", "codes"), sorted(DECISIONS.items()))
def test_an_outcome_is_read_by_its_code_and_by_its_words(name: str, codes: tuple[str, str]) -> None:
    entry = ACTIONS[name]
    outcomes = outcomes_of(entry.input.model_fields["outcome"])
    assert outcomes is not None
    assert tuple(outcomes.options) == codes
    for code in codes:
        for words in (code, outcomes.words(code).zh, outcomes.words(code).en):
            with pytest.raises(Refused) as refusal:  # for what else the act asks
                validated(entry, {"outcome": words})
            assert "outcome" not in {finding.field for finding in refusal.value.findings}


class Boxed(Input):
    agreed: Annotated[bool, Label("同意", "Agreed")] = False
    rows: list[dict[str, bool]]
    maybe: bool | None = None
    outcome: Annotated[Literal["approve", "reject"], APPROVAL]


def test_a_box_is_seen_wherever_it_stands() -> None:
    assert boxes(Boxed) == ["agreed", "rows", "maybe"]
    assert outcomes_of(Boxed.model_fields["outcome"]) == APPROVAL
    assert Outcomes({"a": Text("甲", "A"), "b": Text("乙", "B")}).listed == Text("甲或乙", "A or B")
