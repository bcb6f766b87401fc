"""The glossary holds every public name of a guideline's rules and tables, in both languages, with its source."""

from pathlib import Path

import pytest

from tanzhi import rulebook
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.allocation.surrender import surrender
from tanzhi.rulebook.ccer import afforestation, solar_thermal
from tanzhi.rulebook.checks.conservative import conservative
from tanzhi.rulebook.cleaner import cleaner
from tanzhi.rulebook.evaluation import evaluation
from tanzhi.rulebook.finance import finance
from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.inventory.agriculture import agriculture
from tanzhi.rulebook.inventory.energy import energy
from tanzhi.rulebook.inventory.land import land
from tanzhi.rulebook.inventory.processes import processes
from tanzhi.rulebook.inventory.summary import inventory
from tanzhi.rulebook.inventory.waste import waste
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tanzhi.rulebook.market import market
from tanzhi.rulebook.national_plans import national_plans
from tanzhi.rulebook.procedure import procedure
from tanzhi.rulebook.tasks import tasks

GUIDELINES = [power, intensity, tasks, evaluation, cleaner, procedure, national_plans]
GUIDELINES += [energy, processes, agriculture, land, waste, inventory]
GUIDELINES += [power_allocation, surrender, market]
GUIDELINES += [conservative, finance, solar_thermal, afforestation]
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
