"""The tree of a bulletin: five states told apart, exact values, one schema for every form of its JSON."""

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from tanzhi.actions.registry import decide, perform
from tanzhi.bulletin.composition import compose
from tanzhi.bulletin.content import BulletinContent, schema_text
from tanzhi.figures import FigureAnswer
from tests.bulletin.lines import printed_line

pytestmark = pytest.mark.django_db
SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_text()))
EMISSION = "verification.reported_emission"


def faults(document):
    return [fault.message for fault in SCHEMA.iter_errors(document)]


def line(content, code=EMISSION):
    return next(each for each in content.lines if each.code == code)


@pytest.mark.parametrize(
    ("answer", "value", "state"),
    [
        (FigureAnswer(Decimal(0)), "0", "known"),
        (FigureAnswer(None, "blank"), None, "blank"),
        (FigureAnswer(None, "not_reported"), None, "not_reported"),
        (FigureAnswer(None, "excluded"), None, "excluded"),
        (FigureAnswer(None, "not_determinable"), None, "not_determinable"),
        (FigureAnswer(Decimal("95421400.10")), "95421400.10", "known"),
    ],
)
def test_zero_and_the_four_absent_states_are_told_apart_in_tree_and_json(told, answer, value, state):
    told[EMISSION, "2023"] = answer
    plain = compose("2024H1").as_dict()
    figure = plain["rows"][18]["figures"][0]
    assert (figure["figure"], figure["value"], figure["state"]) == (EMISSION, value, state)
    assert faults(plain) == []


@pytest.mark.parametrize(
    ("value", "state"), [(None, "known"), ("0", "blank"), ("1", "excluded"), ("1e3", "known"), ("01", "known")]
)
def test_a_value_that_does_not_fit_its_state_or_is_not_exact_is_no_figure(told, value, state):
    with pytest.raises(ValidationError):
        printed_line(value=value, state=state)
    plain = compose("2024H1").as_dict()
    plain["rows"][18]["figures"][0] |= {"value": value, "state": state}
    assert faults(plain)


def test_what_the_schema_does_not_name_has_no_place(told):
    plain = compose("2024H1").as_dict()
    with pytest.raises(ValidationError):
        BulletinContent.model_validate(plain | {"more": 1})
    assert faults(plain | {"more": 1})


def test_reading_what_was_written_gives_the_same(told):
    told[EMISSION, "2023"] = FigureAnswer(Decimal("95421400.10"))
    content = compose("2024H1").content
    assert BulletinContent.model_validate_json(json.dumps(content.as_dict())) == content
    assert line(content).value == Decimal("95421400.10")


def test_a_bulletin_without_english_speaks_chinese_and_has_no_english_in_its_json(told):
    told[EMISSION, "2023"] = FigureAnswer(Decimal(1234567))
    content = compose("2024H1").content.chinese()
    words = "2023年发电企业报告排放量123.46万吨（1,234,567吨）。"
    assert (line(content).sentence.zh, line(content).sentence.en) == (words, words)
    assert (content.as_dict()["languages"], '"en"' in json.dumps(content.as_dict())) == (["zh"], False)
    assert faults(content.as_dict()) == []


def test_an_edition_of_the_first_schema_is_read_with_both_languages(told):
    plain = compose("2024H1").as_dict() | {"schema": "tanzhi.bulletin/1"}
    del plain["languages"]
    assert BulletinContent.model_validate(plain).languages == ("zh", "en")
    assert faults(plain) == []


def test_the_published_schema_is_the_one_in_the_documentation_and_every_json_leads_to_it(
    told, client, officer, director, province
):
    draft = perform("bulletin.draft", officer, data={"period": "2024H1", "region": province.code}).result
    decide(perform("bulletin.publish", officer, draft, {"remark": "all were read"}).proposal, director, True, "agreed")
    served = client.get(f"/bulletin/2024H1.json?region={province.code}")
    assert served["Link"] == '</bulletin/schema.json>; rel="describedby"'
    assert faults(served.json()) == faults(client.get(f"/bulletin/editions/{draft.pk}.json").json()) == []
    published = client.get("/bulletin/schema.json")
    assert published["Content-Type"] == "application/schema+json"
    kept = Path(__file__).parents[2] / "docs/bulletin.schema.json"
    assert published.content.decode() == schema_text() == kept.read_text("utf-8")


def test_the_schema_refuses_a_draft_that_names_no_edition_s_digest(told):
    plain = compose("2024H1").as_dict() | {"draft": False}
    facts = {"number": 1, "state": "published", "published_at": None, "proposed_by": "", "signed_by": "", "remark": ""}
    assert faults(plain | {"edition": facts | {"digest": "ab" * 32}}) == []
    assert faults(plain | {"edition": facts | {"digest": "none"}})
