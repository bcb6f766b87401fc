"""What a month's laboratory report and a unit's meters say about themselves; GEN-6 and GEN-12 read it."""

from tanzhi.rulebook.kernel import Text

from .base import power

REPORT = Text("元素碳检测报告（CMA/CNAS）", "Laboratory report on carbon (CMA/CNAS)")
LAW = "CETS-VG-01.01-V02-2026"


@power.date(level="fuel", label=Text("采样日期", "Sampled on"), form="month", law=LAW)
def sampling_date():
    """Day of sampling, or the last day of a composite sample (采样日期)."""


@power.date(level="fuel", label=Text("报告日期", "Report dated"), form="month", evidence=REPORT, law=LAW)
def report_date():
    """Day of the laboratory's report (检测报告日期); at most 40 natural days after sampling."""


@power.text(level="fuel", label=Text("报告编号", "Report number"), form="month", law=LAW)
def report_number():
    """Number of the laboratory's report (检测报告编号)."""


@power.choice(
    level="fuel",
    label=Text("检测机构资质", "Laboratory's mark"),
    form="month",
    options={
        "cma": Text("CMA 资质认定", "CMA accreditation"),
        "cnas": Text("CNAS 认可", "CNAS recognition"),
        "both": Text("CMA 与 CNAS", "CMA and CNAS"),
        "none": Text("无", "Neither"),
    },
    law=LAW,
)
def laboratory_mark():
    """Mark on the report that covers carbon, heat, hydrogen, sulphur and moisture (检测机构资质标志)."""


@power.date(level="unit", label=Text("煤计量器具校准日期", "Coal scale calibrated on"), form="register", law=LAW)
def scale_calibrated_on():
    """Day of the last calibration of the belt scale or feeder (皮带秤、给煤机校准日期)."""
