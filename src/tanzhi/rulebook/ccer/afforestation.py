"""Afforestation (造林碳汇), CCER-14-001-V01: carbon of trees, shrubs, bamboo and soil between two points of time, less
fire and risk.

The text's inner tables were not available to us: structure and defaults follow the older sink methodology and bear
that confidence. Before trees are measured, volumes come from a growth curve (`growth.py`): the same equations.
"""

from tanzhi.rulebook.kernel import (
    FLOOR,
    Guideline,
    Level,
    Text,
    all_of,
    chosen,
    given,
    known,
    largest,
    smallest,
    total,
    where,
)

METHOD = "CCER-14-001-V01"
FORM = "period"
SPECIES = {
    "larch": Text("落叶松", "Larch"),
    "chinese_pine": Text("油松", "Chinese pine"),
    "spruce": Text("云杉", "Spruce"),
    "cypress": Text("柏木", "Cypress"),
    "poplar": Text("杨树", "Poplar"),
    "oak": Text("栎类", "Oak"),
    "birch": Text("桦木", "Birch"),
    "hard_broadleaf": Text("硬阔（含刺槐）", "Hard broadleaf (with locust)"),
    "soft_broadleaf": Text("软阔", "Soft broadleaf"),
    "mixed": Text("针阔混交", "Mixed"),
    "masson_pine": Text("马尾松", "Masson pine"),
    "chinese_fir": Text("杉木", "Chinese fir"),
}
VEGETATION = {
    "trees": Text("乔木", "Trees"),
    "shrubs": Text("灌木（国家特别规定的灌木林）", "Shrubs (of specially designated shrub forest)"),
    "bamboo": Text("竹", "Bamboo"),
}
AGES = {
    "3-5": Text("3—5 年", "3 to 5 years"),
    "6-10": Text("6—10 年", "6 to 10 years"),
    "11-17": Text("11—17 年", "11 to 17 years"),
    "18-": Text("18 年以上", "18 years and more"),
}

afforestation = Guideline(
    "ccer_afforestation",
    title=Text("造林碳汇", "Afforestation"),
    levels={
        "project": Level("projects", Text("项目", "Project")),
        "stratum": Level("strata", Text("碳层", "Stratum")),
    },
)


@afforestation.input("%", level="project", label=Text("抽样误差", "Sampling error"), form=FORM, minimum="0")
def sampling_error():
    """Relative error of the plots at 90 % confidence (抽样相对误差), %; blank before trees are measured."""


@afforestation.input(
    "1", level="project", decimals=0, label=Text("开工年份", "Year of beginning"), form=FORM, minimum="2012",
    maximum="2060",
)  # fmt: skip
def begun():
    """Year in which the project began (项目开工年份); blank counts as 2019, by which the stricter area holds."""


@afforestation.input(
    "1", level="project", label=Text("时段年数", "Years of the period"), form=FORM, minimum="0", required=True
)
def years():
    """Years between the two points of time (核算时段年数)."""


@afforestation.text(level="stratum", label=Text("碳层编号", "Stratum"), form=FORM, required=True)
def stratum():
    """Number of the stratum in the design (碳层编号)."""


@afforestation.choice(level="stratum", label=Text("植被类型", "Vegetation"), form=FORM, options=VEGETATION)
def vegetation():
    """Trees, shrubs or bamboo (植被类型); blank is trees."""


@afforestation.choice(level="stratum", label=Text("树种（组）", "Species"), form=FORM, options=SPECIES)
def species():
    """Species or group of trees, which names the parameters (树种组); blank of shrubs and bamboo."""


@afforestation.input(
    "ha", level="stratum", decimals=4, label=Text("面积", "Area"), form=FORM, minimum="0", required=True
)
def area():
    """Area of the stratum (碳层面积), ha."""


@afforestation.input(
    "m3/ha", level="stratum", decimals=10, label=Text("期初蓄积", "Volume at the start"), form=FORM, minimum="0",
    maximum="600",
)  # fmt: skip
def volume_at_start():
    """Stem volume of trees by area at the start (期初单位面积蓄积量), m3/ha."""


@afforestation.input(
    "m3/ha", level="stratum", decimals=10, label=Text("期末蓄积", "Volume at the end"), form=FORM, minimum="0",
    maximum="600",
)  # fmt: skip
def volume_at_end():
    """Stem volume of trees by area at the end (期末单位面积蓄积量), m3/ha."""


@afforestation.input(
    "%", level="stratum", decimals=2, label=Text("期初灌木盖度", "Shrub cover at the start"), form=FORM, minimum="0",
    maximum="100",
)  # fmt: skip
def cover_at_start():
    """Crown cover of the shrubs at the start (期初灌木盖度), %."""


@afforestation.input(
    "%", level="stratum", decimals=2, label=Text("期末灌木盖度", "Shrub cover at the end"), form=FORM, minimum="0",
    maximum="100",
)  # fmt: skip
def cover_at_end():
    """Crown cover of the shrubs at the end (期末灌木盖度), %."""


@afforestation.input(
    "t/ha", level="stratum", label=Text("当地森林地上生物量", "Biomass of the area's forest"), form=FORM, minimum="0"
)
def forest_biomass():
    """Above-ground biomass by area of closed forest where the project lies (B_FOREST), t/ha; with its source."""


@afforestation.input(
    "t/ha", level="stratum", label=Text("期初竹林生物量", "Bamboo biomass at the start"), form=FORM, minimum="0"
)
def bamboo_at_start():
    """Biomass of bamboo by area at the start, above and below ground, by plots (期初竹林单位面积生物量), t/ha."""


@afforestation.input(
    "t/ha", level="stratum", label=Text("期末竹林生物量", "Bamboo biomass at the end"), form=FORM, minimum="0"
)
def bamboo_at_end():
    """Biomass of bamboo by area at the end, above and below ground, by plots (期末竹林单位面积生物量), t/ha."""


@afforestation.input("tC/ha", level="stratum", label=Text("土壤碳年增量", "Soil carbon gained"), form=FORM, minimum="0")
def soil_gain():
    """Soil organic carbon gained in a year by area (土壤有机碳年增量), tC/ha; blank where the pool is not claimed."""


@afforestation.input(
    "1", level="stratum", decimals=0, label=Text("期初造林后年数", "Years since planting at the start"), form=FORM,
    minimum="0",
)  # fmt: skip
def years_planted():
    """Whole years from planting to the start of the period (期初造林后年数); asked for where soil is claimed."""


@afforestation.input("ha", level="stratum", decimals=4, label=Text("过火面积", "Area burnt"), form=FORM, minimum="0")
def burnt_area():
    """Area burnt in the period (过火面积), ha."""


@afforestation.input(
    "t/ha", level="stratum", label=Text("火前地上生物量", "Biomass before the fire"), form=FORM, minimum="0"
)
def burnt_biomass():
    """Above-ground biomass as last verified before the fire (火前地上生物量), t/ha."""


@afforestation.choice(level="stratum", label=Text("火时林龄", "Age at the fire"), form=FORM, options=AGES)
def age_class():
    """Age of the stand that burnt (火时林龄)."""


@afforestation.quantity("ha", level="project", label=Text("地块最小面积", "Least area of a plot"), law=f"{METHOD}, 2")
def plot_area(least_area, least_area_until_2019, begun=None):
    """667 m2 for a project begun by 2019, 400 m2 later (地块最小面积), ha."""
    return where(given(begun, 2019) > 2019, least_area, least_area_until_2019)


@afforestation.quantity("tCO2/m3", level="stratum", label=Text("单位蓄积储碳", "CO2 by volume"), law=METHOD)
def carbon_of_volume(wood_density, expansion_factor, root_ratio, carbon_fraction):
    """SVD · BEF · (1 + RSR) · CF · 44/12 (单位蓄积二氧化碳储量), tCO2/m3."""
    return wood_density * expansion_factor * (1 + root_ratio) * carbon_fraction * 44 / 12


@afforestation.quantity(
    "tCO2/ha", level="stratum", label=Text("单位面积满盖度灌木储碳", "CO2 of closed shrubs by area"), law="AR-CM-001",
    confidence="M-high",
)  # fmt: skip
def carbon_of_cover(forest_biomass, shrub_ratio, shrub_root_ratio, shrub_carbon_fraction):
    """BDR_SF · B_FOREST · (1 + RS_S) · CF_S · 44/12 at full cover (灌木单位面积二氧化碳储量), tCO2/ha."""
    return forest_biomass * shrub_ratio * (1 + shrub_root_ratio) * shrub_carbon_fraction * 44 / 12


@afforestation.quantity("tCO2", level="stratum", label=Text("期初储量", "Stock at the start"), law=METHOD)
def stock_at_start(
    area, vegetation=None, volume_at_start=None, carbon_of_volume=None, cover_at_start=None, carbon_of_cover=None,
    bamboo_at_start=None, bamboo_carbon_fraction=None,
):  # fmt: skip
    """C_TREE, C_SHRUB or C_BAMBOO at t1, by the stratum's vegetation (期初林木碳储量), tCO2."""
    shrubs = cover_at_start / 100 * carbon_of_cover
    bamboo = bamboo_at_start * bamboo_carbon_fraction * 44 / 12
    others = where(chosen(vegetation, "shrubs"), shrubs, bamboo)
    trees = volume_at_start * carbon_of_volume
    return area * where(chosen(vegetation, "shrubs", "bamboo"), others, trees)


@afforestation.quantity("tCO2", level="stratum", label=Text("期末储量", "Stock at the end"), law=METHOD)
def stock_at_end(
    area, vegetation=None, volume_at_end=None, carbon_of_volume=None, cover_at_end=None, carbon_of_cover=None,
    bamboo_at_end=None, bamboo_carbon_fraction=None,
):  # fmt: skip
    """C_TREE, C_SHRUB or C_BAMBOO at t2, by the stratum's vegetation (期末林木碳储量), tCO2."""
    shrubs = cover_at_end / 100 * carbon_of_cover
    bamboo = bamboo_at_end * bamboo_carbon_fraction * 44 / 12
    others = where(chosen(vegetation, "shrubs"), shrubs, bamboo)
    trees = volume_at_end * carbon_of_volume
    return area * where(chosen(vegetation, "shrubs", "bamboo"), others, trees)


@afforestation.quantity("tCO2", level="project", label=Text("林木碳储量变化", "Change of the stock"), law=METHOD)
def tree_change(stock_at_start, stock_at_end):
    """ΔC_TREE + ΔC_SHRUB + ΔC_BAMBOO between t1 and t2; a loss is made up first (林木碳储量变化), tCO2."""
    return total(stock_at_end) - total(stock_at_start)


@afforestation.quantity("1", level="project", label=Text("抽样扣减率", "Deduction for sampling"), law="AR-CM-001")
def sampling_deduction(
    error_free_of_deduction, error_of_middle_deduction, middle_deduction, high_deduction, sampling_error=None
):
    """Nil up to 10 %, 6 % up to 20 %, 11 % up to 30 % (抽样误差扣减率); above that CCR-31 asks for more plots."""
    error = given(sampling_error, 0)
    beyond = where(error <= error_of_middle_deduction, middle_deduction, high_deduction)
    return where(error <= error_free_of_deduction, 0, beyond)


@afforestation.quantity(
    "tCO2", level="project", label=Text("扣减后林木变化", "Change after deduction"), law="AR-CM-001"
)
def tree_removal(tree_change, sampling_deduction):
    """A gain × (1 − deduction); a loss counts in full (扣减后林木碳汇量), tCO2."""
    return where(tree_change > 0, tree_change * (1 - sampling_deduction), tree_change)


@afforestation.quantity(
    "tC", level="stratum", label=Text("土壤碳增量", "Carbon gained by the soil"), law="CDM 土壤有机碳工具"
)
def soil_carbon(area, years, most_soil_gain, soil_years, soil_gain=None, years_planted=None):
    """Area × the yearly gain, at most 0.8 tC/ha × the period's years up to the 20th since planting (土壤碳增量), tC."""
    gain = where(soil_gain > most_soil_gain, most_soil_gain, soil_gain)
    credited = smallest(years, largest(soil_years - years_planted, 0))
    return given(area * gain * credited, 0)


@afforestation.quantity(
    "tCO2", level="project", label=Text("土壤碳汇量", "Removal of the soil"), law="CDM 土壤有机碳工具"
)
def soil_removal(soil_carbon):
    """Σ soil carbon × 44/12 (土壤碳汇量), tCO2."""
    return total(soil_carbon) * 44 / 12


@afforestation.quantity(
    "tCO2", level="stratum", label=Text("火灾排放", "Emission of a fire"), law="AR-CM-001", empirical=True
)
def stratum_fire(
    fire_methane, methane_warming, fire_nitrous_oxide, nitrous_oxide_warming,
    burnt_area=None, burnt_biomass=None, burnt_share=None,
):  # fmt: skip
    """A · b · COMF · (EF_CH4 · GWP + EF_N2O · GWP) / 1000 (火灾非二氧化碳排放), tCO2e; nil where nothing burnt."""
    factor = fire_methane * methane_warming + fire_nitrous_oxide * nitrous_oxide_warming
    return given(burnt_area * burnt_biomass * burnt_share * factor / 1000, 0)


@afforestation.quantity("tCO2", level="project", label=Text("火灾排放合计", "Emission of fires"), law="AR-CM-001")
def fire_emission(stratum_fire):
    """GHG_E of all strata (火灾排放合计), tCO2e."""
    return total(stratum_fire)


@afforestation.quantity("tCO2", level="project", label=Text("项目碳汇量", "Removal of the project"), law=METHOD)
def project_removal(tree_removal, soil_removal, fire_emission):
    """Trees and soil less fires; baseline removal and leakage are nil by simplification (项目碳汇量), tCO2."""
    return tree_removal + soil_removal - fire_emission


@afforestation.quantity("tCO2", level="project", label=Text("减排量（未取整）", "Reduction, not rounded"), law=METHOD)
def exact_reduction(project_removal, risk_share):
    """CDR = (CR − baseline − leakage) · (1 − K_RISK) (扣减非持久性风险后的减排量), tCO2."""
    return project_removal * (1 - risk_share)


@afforestation.quantity(
    "tCO2",
    level="project",
    decimals=0,
    rounding=FLOOR,
    label=Text("减排量", "Reduction"),
    law=METHOD,
    confidence="M-med",
)
def reduction(exact_reduction):
    """CDR in whole tonnes, rounded down (减排量，向下取整), tCO2."""
    return exact_reduction


@afforestation.check(
    "CCR-31",
    severity="error",
    level="project",
    fields=("sampling_error",),
    message=Text("抽样误差 {found} 过大，须增加样地", "a sampling error of {found}: measure more plots"),
    expected=Text("不超过 {most_error}", "at most {most_error}"),
    law="AR-CM-001",
)
def the_plots_are_enough(sampling_error, most_error):
    return sampling_error > most_error


@afforestation.check(
    "CCR-32",
    severity="error",
    level="stratum",
    fields=("area",),
    message=Text("碳层面积 {found} 小于最小连片面积", "a stratum of {found} is smaller than a plot may be"),
    expected=Text("每块地不小于 {plot_area}", "each plot at least {plot_area}"),
    law=f"{METHOD}, 2",
)
def a_plot_is_large_enough(area, plot_area):
    return area < plot_area


@afforestation.check(
    "CCR-35",
    severity="error",
    level="stratum",
    fields=(
        "vegetation", "species", "volume_at_start", "volume_at_end", "cover_at_start", "cover_at_end",
        "forest_biomass", "bamboo_at_start", "bamboo_at_end",
    ),
    message=Text(
        "碳层缺少其植被类型所需的数据（{found}）", "the stratum lacks what its kind of vegetation needs ({found})"
    ),
    expected=Text(
        "乔木：树种与期初、期末蓄积；灌木：期初、期末盖度与当地森林生物量；竹：期初、期末生物量",
        "trees: species and both volumes; shrubs: both covers and the area's forest biomass; bamboo: both biomasses",
    ),
    law=METHOD,
)  # fmt: skip
def the_stock_can_be_computed(
    vegetation=None, species=None, volume_at_start=None, volume_at_end=None, cover_at_start=None, cover_at_end=None,
    forest_biomass=None, bamboo_at_start=None, bamboo_at_end=None,
):  # fmt: skip
    trees = all_of(known(species), known(volume_at_start), known(volume_at_end))
    shrubs = all_of(known(cover_at_start), known(cover_at_end), known(forest_biomass))
    bamboo = all_of(known(bamboo_at_start), known(bamboo_at_end))
    others = where(chosen(vegetation, "shrubs"), shrubs, bamboo)
    return not where(chosen(vegetation, "shrubs", "bamboo"), others, trees)


@afforestation.check(
    "CCR-34",
    severity="error",
    level="stratum",
    fields=("years_planted",),
    message=Text("申报土壤碳而未填造林后年数", "soil carbon is claimed without the years since planting"),
    expected=Text(
        "期初造林后年数；土壤碳计至造林后 {soil_years} 年", "years since planting; soil counts up to {soil_years}"
    ),
    law="CDM 土壤有机碳工具",
)
def soil_has_an_age(soil_years, soil_gain=None, years_planted=None):
    return all_of(given(soil_gain, 0) > 0, given(years_planted, -1) < 0, soil_years > 0)


@afforestation.check(
    "CCR-33",
    severity="question",
    level="stratum",
    fields=("stock_at_start", "stock_at_end"),
    message=Text("碳储量下降（{found}），属逆转，须先补足", "the stock fell ({found}): a reversal is made up first"),
    expected=Text("期末不低于期初", "not less at the end than at the start"),
)
def the_stock_grew(stock_at_start, stock_at_end):
    return stock_at_end < stock_at_start


afforestation.seal()
