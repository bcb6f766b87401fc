"""What the codes of this room mean in both languages."""

from tanzhi.rulebook.kernel.text import Text, same

LEVELS = {
    "national": Text("国家", "National"),
    "provincial": Text("省级", "Provincial"),
    "department": Text("部门", "Department"),
    "city": Text("市州", "City"),
}
KINDS = {
    "law": Text("法律法规", "Law or regulation"),
    "opinion": Text("实施意见", "Opinions"),
    "plan": Text("方案规划", "Plan"),
    "task_plan": Text("重点任务安排", "Key tasks plan"),
    "work_points": Text("工作要点", "Work points"),
    "task_list": Text("措施任务清单", "List of measures and tasks"),
    "report": Text("研究报告", "Research report"),
    "guideline": Text("指南", "Guideline"),
    "notice": Text("通知", "Notice"),
}
TOPICS = {
    "peaking": Text("碳达峰碳中和", "Peaking and neutrality"),
    "synergy": Text("减污降碳协同", "Synergy of pollution and carbon"),
    "adaptation": Text("适应气候变化", "Adaptation"),
    "methane": Text("甲烷控排", "Methane"),
    "market": Text("碳市场", "Carbon market"),
    "finance": Text("气候投融资", "Climate finance"),
    "ccer": Text("自愿减排", "Voluntary reductions"),
    "cleaner": Text("清洁生产", "Cleaner production"),
    "publicity": Text("宣传培训", "Publicity and training"),
}
PILOT_KINDS = {"city": Text("城市", "City"), "park": Text("园区", "Park")}
EVENT_KINDS = {
    "low_carbon_day": Text("全国低碳日", "National Low-Carbon Day"),
    "conference": Text("工作会议", "Work conference"),
    "deployment": Text("工作部署会", "Deployment meeting"),
    "training": Text("培训", "Training"),
    "publicity": Text("宣传活动", "Publicity"),
}
RECOMMENDED = {
    "individual": Text("低碳典型个人", "Model individual"),
    "unit": Text("低碳典型单位", "Model organisation"),
    "case": Text("典型案例", "Model case"),
}
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
