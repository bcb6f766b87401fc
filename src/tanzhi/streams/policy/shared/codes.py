"""What the codes of this room mean in both languages."""

from tanzhi.organisations.code_lists import CodeList, CodeUse
from tanzhi.rulebook.kernel.text import Text, same

LEVELS = {
    "national": Text("国家", "National"),
    "provincial": Text("省级", "Provincial"),
    "department": Text("部门", "Department"),
    "city": Text("市州", "City"),
}
# The codes by which a published figure counts stand last in a list: they are renamed, and not retired.
KINDS = CodeList(
    "policy.document_kinds",
    Text("文种", "Kinds of documents"),
    {
        "law": Text("法律法规", "Law or regulation"),
        "opinion": Text("实施意见", "Opinions"),
        "plan": Text("方案规划", "Plan"),
        "task_plan": Text("重点任务安排", "Key tasks plan"),
        "work_points": Text("工作要点", "Work points"),
        "task_list": Text("措施任务清单", "List of measures and tasks"),
        "report": Text("研究报告", "Research report"),
        "guideline": Text("指南", "Guideline"),
        "notice": Text("通知", "Notice"),
    },
    (CodeUse("policy.Document", "kind"),),
    frozenset({"opinion", "plan", "task_list", "report", "guideline"}),
)
TOPICS = CodeList(
    "policy.topics",
    Text("专题", "Topics"),
    {
        "peaking": Text("碳达峰碳中和", "Peaking and neutrality"),
        "synergy": Text("减污降碳协同", "Synergy of pollution and carbon"),
        "adaptation": Text("适应气候变化", "Adaptation"),
        "methane": Text("甲烷控排", "Methane"),
        "market": Text("碳市场", "Carbon market"),
        "finance": Text("气候投融资", "Climate finance"),
        "ccer": Text("自愿减排", "Voluntary reductions"),
        "cleaner": Text("清洁生产", "Cleaner production"),
        "publicity": Text("宣传培训", "Publicity and training"),
    },
    (CodeUse("policy.Document", "topic"), CodeUse("policy.Pilot", "topic"), CodeUse("policy.Consultation", "topic")),
    frozenset({"peaking", "synergy", "adaptation", "methane", "finance"}),
)
PILOT_KINDS = CodeList(
    "policy.pilot_kinds",
    Text("试点类别", "Kinds of pilots"),
    {"city": Text("城市", "City"), "park": Text("园区", "Park")},
    (CodeUse("policy.Pilot", "kind"),),
    frozenset({"city", "park"}),
)
EVENT_KINDS = CodeList(
    "policy.event_kinds",
    Text("活动类别", "Kinds of events"),
    {
        "low_carbon_day": Text("全国低碳日", "National Low-Carbon Day"),
        "conference": Text("工作会议", "Work conference"),
        "deployment": Text("工作部署会", "Deployment meeting"),
        "training": Text("培训", "Training"),
        "publicity": Text("宣传活动", "Publicity"),
    },
    (CodeUse("policy.Event", "kind"),),
    frozenset({"low_carbon_day", "conference", "deployment", "training"}),
)
RECOMMENDED = CodeList(
    "policy.recommendation_kinds",
    Text("推荐类别", "Kinds of recommendations"),
    {
        "individual": Text("低碳典型个人", "Model individual"),
        "unit": Text("低碳典型单位", "Model organisation"),
        "case": Text("典型案例", "Model case"),
    },
    (CodeUse("policy.Recommendation", "kind"),),
    frozenset({"individual"}),
)
LIGHTS = {
    "green": Text("绿灯", "Green"),
    "yellow": Text("黄灯", "Yellow"),
    "red": Text("红灯", "Red"),
    "": Text("未亮灯", "No light yet"),
}
TONES = {"green": "ok", "yellow": "due", "red": "late", "": ""}
WORSE = ("red", "yellow", "green", "")
"""Lights, the worst first."""


def worst(lights: list[str]) -> str:
    """The worst of several lights; none at all is no light."""
    return next((light for light in WORSE if light in lights), "")


def listed_names(names: list[Text]) -> Text:
    """Names one after the other."""
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names)) if names else same("—")
