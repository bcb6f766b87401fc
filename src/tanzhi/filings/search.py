"""What was filed is searched by whose it is, for which period, and by its kind."""

from __future__ import annotations

from django.db.models import Q

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .laboratory.model import LaboratoryReport
from .months.model import Filing
from .plans.model import Plan
from .shared.forms import ANNUAL_FORM, MONTH_FORM

OWNER = of_organisation("organisation")


def _filings(code: str, label: Text, only: Q, order: int) -> None:
    register(
        RecordSearch(
            code,
            label,
            Filing,
            ("period", *OWNER),
            select=("organisation__region",),
            prefetch=("organisation__names",),
            order=("-period", "organisation__code"),
            only=only,
        ),
        order,
    )


MONTHLY, ANNUAL = Q(form_code__endswith=f".{MONTH_FORM}"), Q(form_code__endswith=f".{ANNUAL_FORM}")
_filings("filings.months", Text("月度数据", "Monthly data"), MONTHLY, 20)
_filings("filings.reports", Text("年度排放报告", "Annual reports"), ANNUAL, 22)
_filings("filings.regions", Text("地区报送", "Regional returns"), ~MONTHLY & ~ANNUAL, 26)
register(
    RecordSearch(
        "filings.plans",
        Text("数据质量控制方案", "Quality control plans"),
        Plan,
        ("year", *OWNER),
        select=("organisation__region",),
        prefetch=("organisation__names",),
    ),
    24,
)
register(
    RecordSearch(
        "filings.laboratory",
        Text("检测报告", "Laboratory reports"),
        LaboratoryReport,
        ("number", "month", "laboratory", *OWNER),
        detail=lambda row: row.organisation.name,
        select=("organisation",),
        prefetch=("organisation__names",),
    ),
    25,
)
