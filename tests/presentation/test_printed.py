"""How values are printed on pages."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from tanzhi.presentation.templatetags.tanzhi import counted, in_unit, unit
from tanzhi.rulebook.kernel.text import Text


@pytest.mark.parametrize(("value", "of", "printed"), [
    ("20260610", "YYYYMMDD", "2026-06-10"),
    ("331", "MMDD", "03-31"),
    ("1231", "MMDD", "12-31"),
    ("10000", "tCO2", "10\u2009000"),
    ("0.05", "1", "0.05"),
    (None, "MMDD", ""),
])  # fmt: skip
def test_a_legal_value_that_names_a_day_is_printed_as_one(value: str | None, of: str, printed: str) -> None:
    assert in_unit(None if value is None else Decimal(value), of) == printed


@pytest.mark.parametrize("of", ["1", "MMDD", "YYYYMMDD"])
def test_a_share_and_a_day_have_no_unit(of: str) -> None:
    assert unit(of) == ""


@pytest.mark.parametrize(("of", "printed"), [
    ("10^4 Nm3", "10⁴ Nm³"),
    ("GJ/10^4 Nm3", "GJ/10⁴ Nm³"),
    ("t/10^8m3", "t/10⁸m³"),
    ("m3/ha", "m³/ha"),
    ("W/m2", "W/m²"),
    ("kJ/kg/degC", "kJ/kg/°C"),
    ("tCO2e/10^4 CNY", "tCO<sub>2</sub>e/10⁴ CNY"),
    ("tN2O/t", "tN<sub>2</sub>O/t"),
    ("kgCH4/m3", "kgCH<sub>4</sub>/m³"),
    ("<b>m3", "&lt;b&gt;m³"),
])  # fmt: skip
def test_a_unit_has_its_powers_raised_and_its_gas_with_a_subscript(of: str, printed: str) -> None:
    assert unit(of) == printed


@pytest.mark.parametrize(("language", "count", "printed"), [
    ("en", 1, "report"), ("en", 0, "reports"), ("en", 2, "reports"), ("en", Decimal(1), "report"),
    ("en", None, "reports"),
    ("zh-hans", 1, "份"),
])  # fmt: skip
def test_one_of_what_is_counted_is_one(language: str, count: Decimal | int | None, printed: str) -> None:
    with override(language):
        assert counted(Text("份", "reports"), count) == printed
