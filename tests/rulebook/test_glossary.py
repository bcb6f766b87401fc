"""The glossary holds every public name of a guideline's rules and tables, in both languages, with its source."""

from pathlib import Path

import pytest

from tanzhi import rulebook
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.yaml_files import read_yaml

GUIDELINES = list(guidelines().values())
FOLDER = Path(rulebook.__file__).parent / "glossary"
GLOSSARY = {path.stem: read_yaml(path) for path in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize("guideline", GUIDELINES, ids=lambda guideline: guideline.name)
def test_every_public_name_stands_in_the_glossary_and_no_other(guideline):
    assert set(GLOSSARY[guideline.name]) == {*guideline.rules, *guideline.parameters.tables}


@pytest.mark.parametrize("guideline", GUIDELINES, ids=lambda guideline: guideline.name)
def test_the_glossary_calls_a_name_what_its_rule_calls_it(guideline):
    for name, entry in GLOSSARY[guideline.name].items():
        label = guideline.label(name)
        assert (entry["zh"], entry["en"]) == (label.zh, label.en)
        assert set(entry) == {"zh", "en", "symbol", "source"}
        assert entry["source"]
