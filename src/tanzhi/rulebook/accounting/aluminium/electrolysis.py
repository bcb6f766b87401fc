"""Anodes that burn off, and the perfluorocarbons of anode effects (阳极消耗, 阳极效应)."""

from tanzhi.rulebook.kernel import Text, given

from .base import AG, NDRC, aluminium

NET = Text("阳极净耗量", "Net anode used")
ANODE = Text("阳极消耗排放量", "Emission of anodes")
EFFECT = Text("阳极效应排放量", "Emission of anode effects")


@aluminium.quantity("t", level="month", label=NET, law=NDRC, confidence="A")
def net_anode(aluminium_output, net_anode_default, net_anode_rate=None):
    """Aluminium × net anode by tonne (阳极净耗量), t. Not rounded."""
    return aluminium_output * given(net_anode_rate, net_anode_default)


@aluminium.quantity(
    "t", level="month", since=2024, label=Text("毛耗折净耗", "Gross anode less butts"), law=AG, confidence="A"
)
def anode_less_butts(gross_anode, butt_share):
    """Gross anode × (1 − 15.18 %) (毛耗扣除残极), t. Not rounded."""
    return gross_anode * (100 - butt_share) / 100


@aluminium.quantity(
    "t", level="month", since=2024, label=Text("缺省净耗量", "Net anode by default"), law=AG, confidence="A"
)
def anode_by_default(aluminium_output, net_anode_default):
    """Aluminium × 0.411 where no anode was weighed (缺省阳极净耗), t; the final guide has it metered [P]."""
    return aluminium_output * net_anode_default


@aluminium.quantity("t", level="month", label=NET, law=AG, confidence="A")
def net_anode_since_2024(anode_less_butts=None, anode_by_default=None):
    """What was weighed less butts, else the default (阳极净耗量), t. Not rounded."""
    return given(anode_less_butts, anode_by_default)


@aluminium.quantity("tCO2", level="month", decimals=2, label=ANODE, law=NDRC, confidence="M-high")
def anode_emission(net_anode, sulphur_default, ash_default, anode_sulphur=None, anode_ash=None):
    """Net anode × (1 − S − A) × 44/12 (能源作为原材料用途的排放), tCO2."""
    return net_anode * (100 - given(anode_sulphur, sulphur_default) - given(anode_ash, ash_default)) / 100 * 44 / 12


@aluminium.quantity("tCO2", level="month", decimals=2, label=ANODE, law=AG, confidence="A")
def anode_emission_since_2024(net_anode, sulphur_default, ash_default):
    """Net anode × (1 − S − A) × 44/12 with fixed sulphur and ash (阳极消耗排放), tCO2."""
    return net_anode * (100 - sulphur_default - ash_default) / 100 * 44 / 12


@aluminium.quantity(
    "kg/t",
    level="month",
    until=2023,
    label=Text("四氟化碳排放因子", "CF4 by tonne"),
    law=NDRC,
    empirical=True,
    confidence="A",
)
def tetrafluoromethane_rate(tetrafluoromethane_default, effect_slope, anode_effect=None):
    """0.143 × minutes of anode effect, else 0.034 (CF4 排放因子), kg/t. Not rounded."""
    return given(anode_effect * effect_slope, tetrafluoromethane_default)


@aluminium.quantity(
    "kg/t", level="month", until=2023, label=Text("六氟乙烷排放因子", "C2F6 by tonne"), law=NDRC, confidence="A"
)
def hexafluoroethane_rate(tetrafluoromethane_rate, hexafluoroethane_share):
    """A tenth of CF4 (C2F6 排放因子), kg/t. Not rounded."""
    return tetrafluoromethane_rate * hexafluoroethane_share


@aluminium.quantity("tCO2e", level="month", decimals=2, label=EFFECT, law=NDRC, empirical=True, confidence="A")
def effect_emission(
    aluminium_output,
    tetrafluoromethane_rate,
    hexafluoroethane_rate,
    tetrafluoromethane_warming,
    hexafluoroethane_warming,
):
    """Q × (EF_CF4 × 6500 + EF_C2F6 × 9200) ÷ 1000 (阳极效应排放), tCO2e."""
    warming = tetrafluoromethane_rate * tetrafluoromethane_warming + hexafluoroethane_rate * hexafluoroethane_warming
    return aluminium_output * warming / 1000


@aluminium.quantity("tCO2e", level="month", decimals=2, label=EFFECT, law=AG, confidence="P")
def effect_emission_since_2024(aluminium_output, effect_factor):
    """Q × fixed factor (阳极效应排放), tCO2e; the factor is the press's, to be checked with the guide."""
    return aluminium_output * effect_factor
