"""Points and grade of a verification body's year (核查技术服务机构评估), out of what its cases came to.

The national text names three criteria and a day; weights and grades are proposals of the platform [D].
"""

from typing import Any

from tanzhi.rulebook.kernel import Guideline, Level, Text, total, where

LAW = "企业温室气体排放报告核查指南（试行）；环办气候函〔2026〕32号, 二（五）"
FORM = "body_evaluation"
CRITERIA = {
    "quality": Text("工作质量", "Quality of the work"),
    "compliance": Text("合规性", "Compliance"),
    "timeliness": Text("及时性", "Timeliness"),
}
GRADES = {
    "good": Text("良好", "Good"),
    "fair": Text("合格", "Fair"),
    "poor": Text("不合格", "Poor"),
}

body_evaluation = Guideline(
    "body_evaluation",
    title=Text("核查机构评估", "Evaluation of a verification body"),
    levels={
        "body": Level("bodies", Text("核查机构", "Body")),
        "criterion": Level("criteria", Text("评估方面", "Criterion")),
    },
)


@body_evaluation.choice(
    level="criterion", label=Text("评估方面", "Criterion"), form=FORM, options=CRITERIA, required=True, law=LAW
)
def criterion() -> None:
    """Quality of the work, compliance or timeliness (工作质量、合规性、及时性)."""


@body_evaluation.input(
    "1", level="criterion", decimals=0, label=Text("符合数", "Fulfilled"), form=FORM, minimum="0", required=True
)
def fulfilled() -> None:
    """Conclusions that stood, cases without a conflict, or deadlines that were kept (符合数)."""


@body_evaluation.input(
    "1", level="criterion", decimals=0, label=Text("总数", "Counted"), form=FORM, minimum="1", required=True
)
def counted() -> None:
    """Conclusions, cases or deadlines in all (总数)."""


@body_evaluation.quantity("1", level="criterion", decimals=1, label=Text("得分", "Points"), law=LAW, confidence="D")
def criterion_points(fulfilled: Any, counted: Any, body_weight: Any) -> Any:
    """Weight × fulfilled ÷ counted (得分), a ratio of sums; rounded to 0.1, so that what is shown adds up."""
    return body_weight * fulfilled / counted


@body_evaluation.quantity("1", level="body", decimals=1, label=Text("总分", "Points of 100"), law=LAW, confidence="D")
def score(criterion_points: Any) -> Any:
    """All criteria together, of 100 (总分)."""
    return total(criterion_points)


@body_evaluation.choice(level="body", label=Text("评估结果", "Result"), options=GRADES, law=LAW, confidence="D")
def grade(score: Any, good_from: Any, fair_from: Any) -> Any:
    """The grade whose least points the score reaches (评估结果)."""
    return where(score >= good_from, "good", where(score >= fair_from, "fair", "poor"))


body_evaluation.seal()
