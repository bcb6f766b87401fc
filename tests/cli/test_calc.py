"""`tanzhi calc`: example E1 of the power guideline, and every way a file can be wrong."""

import json
import subprocess
import sys

import pytest

MONTHS = [
    ("2023-01", "150000.00", "57.83", "4.26", "12.40"),
    ("2023-02", "132500.00", "58.10", "4.10", "11.95"),
    ("2023-03", "141200.00", "57.42", "4.33", "12.88"),
]


@pytest.fixture
def e1(tmp_path):
    """Three coal months; by hand 150000 × 0.5291 × 0.99 × 44/12 = 288 094.95 t in January, 812 663 t in all."""
    months = [
        {
            "month": month,
            "fuels": [
                {
                    "fuel": "bituminous",
                    "fuel_consumption": consumption,
                    "carbon_air_dried": carbon,
                    "moisture_air_dried": dried,
                    "moisture_as_received": received,
                }
            ],
        }
        for month, consumption, carbon, dried, received in MONTHS
    ]
    file = tmp_path / "e1.json"
    file.write_text(json.dumps({"enterprise": "E1", "units": [{"unit": "1", "months": months}]}))
    return file


def test_a_record_goes_in_and_every_quantity_comes_out(tanzhi, e1):
    told = json.loads(tanzhi("calc", "power", e1, "--year", 2023).stdout)
    unit = told["units"][0]
    january = unit["months"][0]["fuels"][0]
    assert january["quantities"]["combustion_emission"]["value"] == "288094.95"
    assert unit["quantities"]["unit_emission"]["value"] == "812663"
    assert told["quantities"]["enterprise_emission"]["value"] == "812663"


def test_the_explanation_leads_from_the_total_to_each_month(tanzhi, e1):
    told = tanzhi("calc", "power", e1, "--year", 2023, "--explain").stdout
    assert "Emission of the enterprise (enterprise_emission) = 812663 tCO2" in told
    assert "150000.00 × 0.5291 × 0.99" in told


def test_the_explanation_is_a_tree_of_json_down_to_the_filed_number(tanzhi, e1):
    trees = json.loads(tanzhi("calc", "power", e1, "--year", 2023, "--explain", "--json").stdout)["explained"]

    def walk(step):
        yield step
        for part in step["made_of"]:
            yield from walk(part)

    steps = [step for tree in trees for step in walk(tree)]
    top = next(step for step in steps if step["name"] == "enterprise_emission")
    assert (top["value"], top["kind"], top["unit"]) == ("812663", "quantity", "tCO2")
    path = "units[1].months[2023-01].fuels[bituminous].fuel_consumption"
    filed = next(step for step in steps if step.get("input") == path)
    assert (filed["value"], filed["unit"], filed["kind"]) == ("150000.00", "t", "input")
    january = next(step for step in steps if step["name"] == "combustion_emission")
    assert january["value"] == "288094.95"
    assert january["formula_with_numbers"]["en"].startswith("150000.00 × 0.5291 × 0.99")
    assert january["rounding"] == {"decimals": 2, "rule": "half_up"}
    oxidation = next(step for step in january["made_of"] if step["argument"] == "oxidation_rate")
    assert oxidation["parameter"]["source"]
    assert oxidation["parameter"]["since"] <= "2023-01-01"


def test_the_explanation_speaks_chinese_too(tanzhi, e1):
    told = tanzhi("calc", "power", e1, "--year", 2023, "--explain", lang="zh").stdout
    assert "企业排放量 (enterprise_emission) = 812663 tCO2" in told


def test_numbers_keep_every_digit_of_the_file(tanzhi, tmp_path):
    file = tmp_path / "exact.json"
    # 0.10 as a number of the file: 0.10 × 1 × 0.99 × 44/12 = 0.363 → 0.36
    file.write_text(
        '{"units": [{"unit": 1, "months": [{"month": "2023-01", "fuels": '
        '[{"fuel": "bituminous", "fuel_consumption": 0.10, "carbon_as_received": 1.0000}]}]}]}'
    )
    told = json.loads(tanzhi("calc", "power", file, "--year", 2023).stdout)
    assert told["units"][0]["months"][0]["fuels"][0]["quantities"]["combustion_emission"]["value"] == "0.36"


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        (None, "CLI-FILE", "record.json"),
        ('{"units": [}', "CLI-JSON", "record.json:1:12"),
        ("[]", "CLI-OBJECT", "list"),
        ('{"units": NaN}', "CLI-JSON", "NaN"),
        (b"\xff\xfe{}", "CLI-UTF8", "byte 0"),
        ('{"unitz": []}', "CLI-FIELD", "unitz"),
        ('{"units": [{"unit": "1", "months": [{"fule": 1}]}]}', "CLI-FIELD", "units[1].months[1].fule"),
        ('{"units": {"unit": "1"}}', "CLI-FIELD", "units"),
        ('{"units": [7]}', "CLI-FIELD", "units[1]"),
        ("[" * 100_000, "CLI-DEEP", "nested"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_faulty_file_is_named_with_place_and_code_and_exit_code_3(tanzhi, tmp_path, content, code, named, lang):
    file = tmp_path / "record.json"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    told = tanzhi("calc", "power", file, "--year", 2023, lang=lang)
    assert told.exit_code == 3
    assert told.stderr.startswith(f"{code}: ")
    assert "record.json" in told.stderr
    assert lang == "zh" or named in told.stderr


def test_an_unknown_guideline_is_told_together_with_those_there_are(tanzhi, e1):
    told = tanzhi("calc", "steam-engines", e1, "--year", 2023)
    assert told.exit_code == 4
    assert "CLI-GUIDELINE" in told.stderr
    assert "power" in told.stderr


def test_a_year_out_of_range_is_wrong_usage(tanzhi, e1):
    assert tanzhi("calc", "power", e1, "--year", 23).exit_code == 2


def test_rules_are_listed_for_a_year_in_both_languages(tanzhi):
    assert "化石燃料燃烧排放量" in tanzhi("rules", "--guideline", "power", "--year", 2023, lang="zh").stdout
    assert "combustion_emission [tCO2]" in tanzhi("rules", "--year", 2023).stdout


def test_rules_as_json_hold_each_rule_in_force_once(tanzhi):
    told = json.loads(tanzhi("rules", "--guideline", "power", "--year", 2023, "--json").stdout)
    names = [rule["name"] for rule in told["guidelines"][0]["rules"]]
    assert "combustion_emission" in names
    assert len(names) == len(set(names))


def test_calc_needs_no_database_and_no_django():
    probe = (
        "import sys; from typer.testing import CliRunner; from tanzhi.cli import app; "
        "CliRunner().invoke(app, ['rules']); sys.exit('django.apps' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
