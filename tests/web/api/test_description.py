"""The description says what the code does: bodies, answers, refusals, choices, for each action from its declaration."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from django.urls import resolve

from tanzhi.actions import answers
from tanzhi.actions.outcomes import outcomes_of
from tanzhi.actions.reading import inner
from tanzhi.actions.table import ACTIONS
from tanzhi.presentation.records.kind import KINDS
from tanzhi.web.api import api
from tanzhi.web.api_description import ACT_REFUSALS, answer_name, models_by_name

SOURCE = Path(__file__).parents[3] / "src" / "tanzhi"


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """As a client gets it, through JSON."""
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))


def operation(description: dict[str, Any], name: str) -> dict[str, Any]:
    return description["paths"][f"/api/actions/{name}"]["post"]


def test_each_action_describes_its_own_input(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    for name, entry in ACTIONS.items():
        reference = operation(description, name)["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        body, fields = schemas[reference.rpartition("/")[2]], entry.input.model_fields
        assert body["properties"].keys() == fields.keys(), name
        assert set(body.get("required", [])) == {field for field, info in fields.items() if info.is_required()}, name
        assert body["additionalProperties"] is (entry.input.model_config.get("extra") != "forbid"), name


def test_a_decision_names_its_outcomes_in_both_languages(description: dict[str, Any]) -> None:
    decisions = {
        (entry.input, field): outcomes
        for entry in ACTIONS.values()
        for field, info in entry.input.model_fields.items()
        if (outcomes := outcomes_of(info))
    }
    assert len(decisions) >= 7
    for (model, field), outcomes in decisions.items():
        described = description["components"]["schemas"][model.__name__]["properties"][field]
        assert (
            set(described["enum"])
            == set(outcomes.options)
            == set(get_args(inner(model.model_fields[field].annotation)))
        )
        assert described["x-labels"] == {code: words.as_dict() for code, words in outcomes.options.items()}


def test_each_action_says_what_it_answers(description: dict[str, Any]) -> None:
    kinds = set()
    for name, entry in ACTIONS.items():
        answer = answers.answer_of(entry)
        content = operation(description, name)["responses"]["200"]["content"]["application/json"]
        assert content["schema"]["$ref"].endswith(f"/{answer_name(answer.kind)}"), name
        kinds.add(answer.kind)
    assert kinds == {answers.RECORD, answers.RECORDS, answers.NUMBER, answers.WORDS, answers.ONCE, answers.NOTHING}
    opened = operation(description, "filings.open")
    assert (opened["x-answers"], operation(description, "registry.freeze")["x-answers"]) == ("filings", "holds")


def test_every_address_that_the_description_tells_is_there(description: dict[str, Any]) -> None:
    told = set(re.findall(r"(?:GET|POST) (/[\w/{}.-]*[\w}])", json.dumps(description)))
    assert {"/api/files", "/api/proposals/{proposal}", "/api/records/acts"} <= told
    for address in told:
        assert resolve(re.sub(r"{(proposal|entry)}", "1", address).replace("{records}", "acts").replace("{code}", "1"))


def test_names_are_unique_and_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    names = [one["operationId"] for path in description["paths"].values() for one in path.values()]
    assert len(names) == len(set(names)) > len(ACTIONS) + 2 * len(KINDS)
    references = set(re.findall(r'"#/components/(\w+)/([^"]+)"', json.dumps(description)))
    assert {(part, name) for part, name in references if name not in description["components"][part]} == set()


def test_no_operation_has_two_parameters_of_one_name(description: dict[str, Any]) -> None:
    """A list of deadlines once had a filter called as the number of rows of a page."""
    operations = [one for path in description["paths"].values() for one in path.values()]
    named = {one["operationId"]: [(p["in"], p["name"]) for p in one.get("parameters", [])] for one in operations}
    assert [name for name, parameters in named.items() if len(set(parameters)) < len(parameters)] == []
    assert sum(map(len, named.values())) > len(named)


def test_two_classes_of_one_name_are_refused() -> None:
    first = ACTIONS["filings.open"].input
    other = type(first.__name__, (first,), {"__module__": "elsewhere"})
    with pytest.raises(ValueError, match="FilingOpenInput"):
        models_by_name([first, other])


def test_every_status_with_which_the_code_refuses_is_described(description: dict[str, Any]) -> None:
    raised = {
        int(status)
        for path in SOURCE.rglob("*.py")
        for status in re.findall(r"Refused\([^#]*?, (4\d\d|5\d\d)[,)]", path.read_text("utf-8"))
    }
    of_pages = {501}  # a file of open data in a form that the installation lacks
    assert {403, 404, 409, 410, 422} <= raised - of_pages <= set(ACT_REFUSALS)
    for name in ACTIONS:
        assert {int(status) for status in operation(description, name)["responses"]} == {200, *ACT_REFUSALS}
    shape = description["components"]["responses"]["Refusal404"]["content"]["application/json"]["schema"]
    assert shape == {"$ref": "#/components/schemas/Refusal"}


def test_money_and_tonnes_are_described_as_exact_words(description: dict[str, Any]) -> None:
    binary = [
        (name, field)
        for name, schema in description["components"]["schemas"].items()
        for field, described in schema.get("properties", {}).items()
        if re.search(r'"type": (\[[^]]*)?"number"', json.dumps(described))
    ]
    assert binary == []
