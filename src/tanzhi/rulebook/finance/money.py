"""Money beside the benefit: reduction by investment and by loan, and the share of a loan (减排量归因)."""

from tanzhi.rulebook.kernel import Text

from .base import COMMON, GUIDE, finance


@finance.input(
    "10^4 CNY", level="project", decimals=6, label=Text("总投资", "Total investment"), form=COMMON, minimum="0"
)
def total_investment():
    """Total investment of the project (总投资), 10^4 yuan."""


@finance.input("10^4 CNY", level="project", decimals=6, label=Text("贷款余额", "Loan"), form=COMMON, minimum="0")
def loan_balance():
    """What banks have disbursed and is outstanding (贷款余额), 10^4 yuan."""


@finance.quantity("1", level="project", label=Text("贷款占总投资比例", "Share of the loan"), law=GUIDE)
def loan_share(loan_balance, total_investment):
    """Loan over total investment (贷款占比), not rounded."""
    return loan_balance / total_investment


@finance.quantity("t", level="project", decimals=2, label=Text("贷款归因减排量", "Reduction of the loan"), law=GUIDE)
def attributed_reduction(annual_reduction, loan_share):
    """Annual reduction × loan ÷ total investment (按贷款余额归因的年减排量), tCO2."""
    return annual_reduction * loan_share


@finance.quantity(
    "t/(10^4 CNY)", level="project", decimals=4, label=Text("单位贷款减排量", "Reduction by loan"), law=GUIDE
)
def benefit_of_loan(attributed_reduction, loan_balance):
    """Attributed reduction for each 10^4 yuan lent (单位贷款减排量)."""
    return attributed_reduction / loan_balance
