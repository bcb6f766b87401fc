"""What cannot be in a chemical enterprise's month, or needs a word. Codes GEN: all sectors; CHM: chemicals."""

from tanzhi.rulebook.accounting.ndrc import add_family_checks
from tanzhi.rulebook.accounting.process_plants import FUEL_GASES, add_balance_checks, add_sold_heat
from tanzhi.rulebook.checks.common import add_hours_fit_in_a_month
from tanzhi.rulebook.kernel import Text, all_of, chosen, given, total, where

from .base import ACIDS, AMMONIA, METHANOL, NDRC, SUPPLEMENT, TESTED_FEEDS, TESTED_PRODUCTS, chemical

add_balance_checks(chemical, "CHM", NDRC, TESTED_FEEDS, TESTED_PRODUCTS)
add_sold_heat(chemical, "CHM", NDRC)
add_hours_fit_in_a_month(chemical, "CHM-107")
add_family_checks(chemical, "CHM")


@chemical.check(
    "CHM-108",
    severity="error",
    level="month",
    fields=("running_hours", "product_output"),
    message=Text("停产月份填报了产品产量（运行 {found}）", "A workshop that stood still ({found}) states output"),
    expected=Text("运行小时数大于 0，或产品产量为 0", "running hours above nil, or no output"),
)
def no_output_of_a_workshop_that_stood_still(running_hours, product_output):
    return all_of(running_hours <= 0, product_output > 0)


@chemical.check(
    "CHM-111",
    severity="error",
    level="month",
    fields=("acid_output",),
    message=Text("非酸类车间填报了硝酸、己二酸工艺（{found}）", "A workshop of another product states acid: {found}"),
    expected=Text(
        "在酸类车间填报，或在名册中更正产品类别", "in the workshop of the acid, or another kind in the register"
    ),
    law=NDRC,
)
def acid_counts_in_its_own_workshop(workshop_product, acid_output):
    return all_of(not chosen(workshop_product, *ACIDS), total(acid_output) > 0)


@chemical.check(
    "CHM-112",
    severity="error",
    level="month",
    fields=("acid_output", "product_output"),
    message=Text(
        "各工艺酸产量合计大于产品产量（{found}），重复填报", "Processes make more acid than the workshop ({found})"
    ),
    expected=Text("各工艺合计不大于产品产量", "all processes together at most the output"),
    law=NDRC,
    remedy=Text("请核对同一产量是否在两种工艺中填报", "Check whether one output stands under two processes"),
)
def acid_is_claimed_once(acid_output, product_output):
    return total(acid_output) > product_output


@chemical.check(
    "CHM-113",
    severity="error",
    level="month",
    fields=("methanol_beside",),
    message=Text(
        "非合成氨车间填报了联产甲醇 {found}", "A workshop that makes no ammonia states methanol beside: {found}"
    ),
    expected=Text("留空；甲醇车间填产品产量", "blank; a methanol workshop states its output"),
    law=SUPPLEMENT,
)
def methanol_is_made_beside_ammonia(workshop_product, methanol_beside):
    return all_of(not chosen(workshop_product, AMMONIA), methanol_beside > 0)


@chemical.quantity("t", level="product", label=Text("产出甲醇量", "Methanol given off"), law=SUPPLEMENT)
def methanol_given(product, product_quantity):
    """Methanol among the products, else blank (产出甲醇量), t."""
    return where(chosen(product, METHANOL), product_quantity, None)


@chemical.check(
    "CHM-114",
    severity="error",
    level="month",
    fields=("methanol_beside", "methanol_given"),
    message=Text(
        "联产甲醇大于含碳产出中的甲醇（{found}）", "Methanol made beside exceeds that among the products ({found})"
    ),
    expected=Text("不大于含碳产出中的甲醇", "at most the methanol among the products"),
    law=SUPPLEMENT,
)
def methanol_beside_is_a_product(methanol_beside, methanol_given):
    return methanol_beside > given(total(methanol_given), 0)


@chemical.check(
    "CHM-115",
    severity="error",
    level="feed",
    fields=("feed_carbon",),
    message=Text("原料含碳量 {found} 大于 1，不可能", "Feed of {found} carbon by tonne is more than carbon itself"),
    expected=Text("以 tC/t 填报，不大于 1", "in tC/t, at most 1"),
    law=NDRC,
)
def feed_is_at_most_carbon(feed, feed_carbon):
    return all_of(not chosen(feed, *FUEL_GASES), feed_carbon > 1)


@chemical.check(
    "CHM-116",
    severity="error",
    level="product",
    fields=("product_carbon",),
    message=Text("产出含碳量 {found} 大于 1，不可能", "Output of {found} carbon by tonne is more than carbon itself"),
    expected=Text("以 tC/t 填报，不大于 1", "in tC/t, at most 1"),
    law=NDRC,
)
def product_is_at_most_carbon(product, product_carbon):
    return all_of(not chosen(product, *FUEL_GASES), product_carbon > 1)
