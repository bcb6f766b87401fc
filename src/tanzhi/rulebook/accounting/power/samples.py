"""Daily or batch samples of a fuel, an optional level below it; the month takes their means: weighted, of gas plain."""

from tanzhi.rulebook.kernel import Text, chosen, count, given, mean, weighted_mean, where

from .base import GASES, V02, power

LAW = "CETS-VG-01.01-V02-2026"


@power.choice(
    level="sample",
    label=Text("样品类型", "Kind of sample"),
    form="month",
    options={"daily": Text("日样", "Daily"), "batch": Text("批次样", "Batch")},
)
def sample_kind():
    """Whether the sample stands for a day or for a batch (日样、批次样)."""


@power.input("t", level="sample", decimals=2, label=Text("代表煤量", "Mass"), form="month", minimum="0")
def sample_mass():
    """Coal that the sample stands for (代表煤量), t; for gas 10^4 Nm3."""


@power.input(
    "GJ/t", level="sample", decimals=3, label=Text("样品低位发热量", "Net calorific value"), form="month", minimum="0"
)
def sample_calorific_value():
    """Net calorific value of the sample as received (收到基低位发热量), GJ/t; blank where no test was valid."""


@power.input(
    "%",
    level="sample",
    decimals=2,
    label=Text("样品空干基元素碳", "Carbon, air-dried"),
    form="month",
    minimum="0",
    maximum="100",
)
def sample_carbon_air_dried():
    """Elemental carbon of the sample on the air-dried basis (空干基元素碳含量), %."""


@power.input(
    "%",
    level="sample",
    decimals=2,
    label=Text("样品空干基水分", "Moisture, air-dried"),
    form="month",
    minimum="0",
    maximum="99.99",
)
def sample_moisture_air_dried():
    """Moisture of the laboratory's sample (空干基水分), %."""


@power.input(
    "%",
    level="sample",
    decimals=2,
    label=Text("样品收到基水分", "Moisture, as received"),
    form="month",
    minimum="0",
    maximum="99.99",
)
def sample_moisture_as_received():
    """Total moisture of the day or batch (收到基水分), %, by the emitter itself."""


@power.input(
    "tC/t",
    level="sample",
    decimals=4,
    label=Text("样品元素碳（直接填报）", "Carbon of the sample (stated)"),
    form="month",
    minimum="0",
)
def sample_carbon_stated():
    """Carbon of one test as reported (样品元素碳含量): of a gas tC/10^4Nm3; of coal as received, tC/t."""


@power.quantity("GJ/t", level="sample", label=Text("样品采用的发热量", "Calorific value used"), law=f"{V02}, 5.2")
def sample_heat(sample_calorific_value=None, default_net_calorific_value=None):
    """The default stands in for a day or batch without a valid test (缺检日、批次取缺省值), GJ/t."""
    return given(sample_calorific_value, default_net_calorific_value)


@power.quantity(
    "GJ/t",
    level="fuel",
    label=Text("燃气检测算术平均发热量", "Mean calorific value of the gas tests"),
    law=f"{V02}, 5.2",
    confidence="M-med",
)
def gas_sampled_heat(fuel, sample_calorific_value):
    """Arithmetic mean of a month's tests of a gas (燃气低位发热量算术平均值), GJ/10^4Nm3; as its carbon."""
    return where(chosen(fuel, *GASES), mean(sample_calorific_value), None)


@power.quantity("GJ/t", level="fuel", decimals=3, label=Text("样品平均发热量", "Calorific value of samples"), law=LAW)
def sampled_heat(sample_calorific_value, sample_heat, sample_mass, gas_sampled_heat=None):
    """Mean of the samples weighted by coal, once one was tested; of gas the plain mean (样品平均低位发热量), GJ/t; 3
    decimals [M-low]."""
    weighted = where(count(sample_calorific_value) > 0, weighted_mean(sample_heat, sample_mass), None)
    return given(gas_sampled_heat, weighted)


@power.quantity("tC/t", level="sample", label=Text("空干基换算的样品元素碳", "Carbon of the sample"), law=f"{V02}, (2)")
def sample_carbon_from_air_dried(sample_carbon_air_dried, sample_moisture_air_dried, sample_moisture_as_received):
    """C_ar = C_ad (100 - M_ar) / (100 - M_ad) of one sample (空干基换算), tC/t. Not rounded."""
    return sample_carbon_air_dried / 100 * (100 - sample_moisture_as_received) / (100 - sample_moisture_air_dried)


@power.quantity(
    "tC/t", level="sample", label=Text("样品实测元素碳", "Measured carbon of the sample"), law=f"{V02}, 5.2"
)
def sample_measured_carbon(sample_carbon_stated=None, sample_carbon_from_air_dried=None):
    """Carbon of one sample, as stated or from the air-dried basis (样品实测元素碳), tC/t. Not rounded."""
    return given(sample_carbon_stated, sample_carbon_from_air_dried)


@power.quantity("tC/t", level="sample", label=Text("样品采用的元素碳", "Carbon used"), law=f"{V02}, (4)")
def sample_carbon(sample_heat, default_carbon_per_heat, sample_measured_carbon=None):
    """A day or batch without valid carbon takes NCV × CC (缺检日、批次取缺省值), tC/t. Not rounded."""
    return given(sample_measured_carbon, sample_heat * default_carbon_per_heat)


@power.quantity(
    "tC/t", level="fuel", label=Text("燃气检测算术平均元素碳", "Mean carbon of the gas tests"), law=f"{LAW}, 表11"
)
def gas_sampled_carbon(fuel, sample_measured_carbon):
    """Arithmetic mean of a month's tests of a gas (多于一次实测取算术平均值), tC/10^4Nm3."""
    return where(chosen(fuel, *GASES), mean(sample_measured_carbon), None)


@power.quantity("tC/t", level="fuel", label=Text("样品平均元素碳", "Carbon of samples"), law=LAW)
def sampled_carbon(sample_measured_carbon, sample_carbon, sample_mass, gas_sampled_carbon=None):
    """Mean of the samples' carbon weighted by coal, once one was tested; of gas the plain mean (样品平均元素碳)."""
    weighted = where(count(sample_measured_carbon) > 0, weighted_mean(sample_carbon, sample_mass), None)
    return given(gas_sampled_carbon, weighted)


@power.quantity("%", level="fuel", label=Text("采用的收到基水分", "Total moisture used"), law=LAW)
def total_moisture(sample_moisture_as_received, sample_mass, moisture_as_received=None):
    """Total moisture of the month, stated or the samples' mean weighted by coal (收到基水分), %."""
    return given(moisture_as_received, weighted_mean(sample_moisture_as_received, sample_mass))
