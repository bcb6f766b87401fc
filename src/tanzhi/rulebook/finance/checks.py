"""What is refused or asked again in a project's figures: slips of magnitude above all (数量级校验)."""

from tanzhi.rulebook.kernel import Text, all_of, any_of, chosen

from .base import finance


@finance.check(
    "FIN-11",
    severity="error",
    level="project",
    fields=("loss_rate",),
    message=Text("损失率填写为 {found}，疑将小数当作百分数", "a loss of {found}: a fraction for a percentage?"),
    expected=Text("百分数，8% 填 8", "a percentage: 8, not 0.08"),
    remedy=Text("0.08 请填 8", "Enter 0.08 as 8"),
)
def loss_is_a_percentage(loss_rate):
    return all_of(loss_rate > 0, loss_rate < 1)


@finance.check(
    "FIN-12",
    severity="error",
    level="project",
    fields=("hours",),
    message=Text("年利用小时 {found} 超过一年的小时数", "{found} of use are more than a year has"),
    expected=Text("不超过 {most_hours}", "at most {most_hours}"),
)
def hours_fit_a_year(hours, most_hours):
    return hours > most_hours


@finance.check(
    "FIN-13",
    severity="error",
    level="project",
    fields=("power_density",),
    message=Text("水电功率密度 {found} 过低，不计减排", "hydropower of {found} earns no reduction"),
    expected=Text("大于 {least_density}", "above {least_density}"),
    law="CDM ACM0002",
)
def hydropower_is_dense_enough(technology, power_density, least_density):
    return all_of(chosen(technology, "hydro"), power_density <= least_density)


@finance.check(
    "FIN-14",
    severity="error",
    level="project",
    fields=("capacity",),
    message=Text("装机容量 {found} 过大，疑以千瓦填报", "a capacity of {found}: kilowatts for megawatts?"),
    expected=Text("以兆瓦填报，一般不超过 {most_capacity}", "in MW, as a rule at most {most_capacity}"),
)
def capacity_is_in_megawatts(capacity, most_capacity):
    return capacity > most_capacity


@finance.check(
    "FIN-15",
    severity="question",
    level="project",
    fields=("total_investment", "capacity"),
    message=Text("总投资与装机容量不相称：{found}", "investment and capacity do not fit: {found}"),
    expected=Text(
        "每兆瓦 {least_unit_investment} 至 {most_unit_investment}；总投资以万元填报，不是亿元",
        "{least_unit_investment} to {most_unit_investment}; investment is in 10^4 yuan, not in 10^8",
    ),
)
def investment_fits_the_capacity(total_investment, capacity, least_unit_investment, most_unit_investment):
    least, most = capacity * least_unit_investment, capacity * most_unit_investment
    return any_of(total_investment < least, total_investment > most)


@finance.check(
    "FIN-16",
    severity="note",
    level="project",
    fields=("benefit_of_loan",),
    message=Text("单位贷款减排量 {found} 超出常见范围", "{found} lies outside what banks disclose"),
    expected=Text(
        "{least_benefit_of_loan} 至 {most_benefit_of_loan}", "{least_benefit_of_loan} to {most_benefit_of_loan}"
    ),
)
def benefit_of_the_loan_is_usual(benefit_of_loan, least_benefit_of_loan, most_benefit_of_loan):
    return any_of(benefit_of_loan < least_benefit_of_loan, benefit_of_loan > most_benefit_of_loan)


@finance.check(
    "FIN-17",
    severity="error",
    level="project",
    fields=("annual_reduction",),
    message=Text("年减排量为 {found}，没有显著减排效益", "the reduction is {found}: no climate benefit"),
    expected=Text("大于 0", "above 0"),
)
def there_is_a_benefit(annual_reduction):
    return annual_reduction <= 0
