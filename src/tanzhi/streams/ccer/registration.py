"""From an idea to its registration: what owners, the province and the body of validation do with a project."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tanzhi.actions.refusal import Refused, before_its_cause, refused
from tanzhi.actions.table import Call
from tanzhi.law.calendar.days import WORKING, due_after
from tanzhi.law.evaluation import count, day, release_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.rulebook.ccer.methodologies import Methodology, methodologies, published_by
from tanzhi.rulebook.clocks import MONTHS, add_months
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.dossier.files import keep_files
from tanzhi.workflow.findings.model import CaseFinding

from .calculation import of_design, read_form, refuse_findings
from .inputs import ELSEWHERE, DesignInput, ProposeInput
from .models import DESIGN, VALIDATED, CreditProject


def propose(call: Call) -> CreditProject:
    """A candidate for the province's library, by an edition that is in force."""
    data: ProposeInput = call.data
    _edition(data.methodology, call.today)
    region = region_by_code(data.region)
    before = CreditProject.objects.filter(number__startswith=f"C{call.today.year}-").count()
    return CreditProject(
        number=f"C{call.today.year}-{before + 1:03d}",
        owner=organisation_by_code(data.owner, "owner"),
        region=region,
        zh=data.zh,
        en=data.en or data.zh,
        methodology=data.methodology,
        scale=data.scale,
    )


def admit(call: Call, project: CreditProject) -> None:
    """Into the province's library, with a batch."""
    project.batch, project.words, project.admitted_on = call.data.batch, call.data.words, call.today


_COVERED = Text(
    "负有法定减排义务或纳入碳市场配额管理的项目不得申请",
    "a project with a legal duty to reduce, or under allowances, may not apply",
)


def state_design(call: Call, project: CreditProject) -> None:
    """The design: conditions of the Measures, the crediting period, the reduction expected by the methodology."""
    data: DesignInput = call.data
    edition = _edition(project.methodology, call.today)
    # Begun after the day of the Measures, and neither credited elsewhere nor under a duty to reduce.
    after = day("procedure.ccer_built_after", on=call.today)
    if data.built_from <= after:
        expected = Text("开工日期应晚于 {day}", "construction after {day}").format(day=after.isoformat())
        raise refused("CCR-01", "built_from", data.built_from.isoformat(), expected)
    if data.elsewhere not in ELSEWHERE or data.elsewhere != "none":
        elsewhere = ELSEWHERE.get(data.elsewhere, same(data.elsewhere))
        raise Refused("CCR-04", Text("不符合唯一性：{found}", "not unique: {found}").format(found=elsewhere), 422)
    if data.covered == "yes":
        raise Refused("CCR-05", _COVERED, 422)
    # A crediting period neither shorter nor longer than the methodology has it (计入期).
    fewest = count("procedure.ccer_least_years", on=call.today, methodology=edition.code)
    longest = count("procedure.ccer_most_years", on=call.today, methodology=edition.code)
    least, most = (add_months(data.credited_from, MONTHS * years) for years in (fewest, longest))
    if not (data.credited_from < data.credited_to and least <= data.credited_to + timedelta(days=1) <= most):
        expected = Text("计入期应为 {least} 至 {most} 年", "a crediting period of {least} to {most} years")
        period = f"{data.credited_from.isoformat()}—{data.credited_to.isoformat()}"
        raise refused("CCR-02", "credited_to", period, expected.format(least=fewest, most=longest))
    record = read_form(project.methodology, data.design, "design")
    project.design, project.design_year = record, data.year
    project.built_from, project.credited_from, project.credited_to = (
        data.built_from,
        data.credited_from,
        data.credited_to,
    )
    node = of_design(project)
    refuse_findings(project.methodology, record, node, "design")
    project.expected = known_amount(node.value("reduction"), "design")
    project.release = release_of(node)
    project.designed_on = project.designed_on or call.today


def open_notice(call: Call, project: CreditProject) -> None:
    """Put the design document to the public for the days of a notice, naming the body of validation."""
    project.body = body_of(call.data.body)
    project.notice_first = call.today
    project.notice_last = notice_end(call.today)
    keep_files(call, project, [call.data.document], project.reference, Text("项目设计文件", "Design document"))
    keep_files(call, project, [call.data.commitment], project.reference, Text("承诺书", "Letter of commitment"))


def notice_end(first: date) -> date:
    """The last working day of a notice, the first day counted, as the registry counts (公示截止日)."""
    start = date.fromordinal(first.toordinal() - 1)
    return due_after(start, count("procedure.ccer_notice_days", on=first), WORKING)


def last_of_notice(call: Call, _case: Any) -> date:
    return notice_end(call.today)


def design_was_stated(_call: Call, project: CreditProject) -> None:
    if not project.expected:
        raise Refused(
            "CCR-08", Text("请先填写设计文件的减排量预测", "state the design and its expected reduction first"), 409
        )


def recall(_call: Call, project: CreditProject) -> None:
    """Taken back during the notice, to be amended and noticed again."""
    project.notice_first = project.notice_last = project.body = None


def may_validate(call: Call, project: CreditProject) -> None:
    """The named body begins once the notice has ended."""
    refuse_other_body(call, project.body)
    refuse_before_end(call, project.notice_last)


def begin_validation(call: Call, project: CreditProject) -> None:
    project.validating_on = call.today


def may_conclude(call: Call, project: CreditProject) -> None:
    """The named body, once everything it asked to be put right is put right (整改要求)."""
    refuse_other_body(call, project.body)
    open_ones = CaseFinding.objects.filter(case=project.reference).exclude(state="closed").count()
    if call.data.outcome == "validated" and open_ones:
        raise Refused(
            "CCR-10", Text("尚有 {n} 项整改要求未关闭", "{n} findings are not closed").format(n=open_ones), 409
        )


def conclude(call: Call, project: CreditProject) -> None:
    """Validated, or back to its design."""
    project.words = call.data.words
    if call.data.report:
        keep_files(call, project, [call.data.report], project.reference, Text("审定报告", "Validation report"))
    if call.data.outcome == "validated":
        project.validated_on = call.today
        call.enter(VALIDATED)
        return
    project.notice_first = project.notice_last = project.validating_on = None
    call.enter(DESIGN)


def apply_registration(call: Call, project: CreditProject) -> None:
    project.applied_on = call.today


def record_registration(call: Call, project: CreditProject) -> None:
    """What the national registry registered: its number and day (登记)."""
    if project.applied_on is not None and call.data.on < project.applied_on:
        raise before_its_cause(Text("登记", "Registration"), call.data.on.isoformat(), project.applied_on.isoformat())
    if call.data.on > call.today:
        raise before_its_cause(Text("录入", "The entry"), call.today.isoformat(), call.data.on.isoformat())
    project.code, project.registered_on = call.data.code, call.data.on


def keep_words(call: Call, project: CreditProject) -> None:
    """The reason stands with the project."""
    project.words = call.data.words


def refuse_other_body(call: Call, body: Organisation | None) -> None:
    """Only the body that the owner named in the notice acts."""
    if body is None or not call.actor.belongs_to(body.pk):
        message = Text("须由公示的机构办理：{body}", "this is for the body named in the notice: {body}")
        raise Refused("CCR-11", message.format(body=body.name if body else same("—")), 403)


def refuse_before_end(call: Call, last: date | None) -> None:
    if last is not None and call.today <= last:
        message = Text("公示至 {day}，期满后方可进行", "in public notice until {day}; it begins after that")
        raise Refused("CCR-07", message.format(day=last.isoformat()), 409)


def body_of(code: str) -> Organisation:
    body = organisation_by_code(code, "body")
    if body.kind != "verifier":
        message = Text("{who}不是审定与核查机构", "{who} is no body of validation and verification")
        raise Refused("CCR-09", message.format(who=body.name), 422)
    return body


def _edition(code: str, on: date) -> Methodology:
    """An edition that was published by that day; later ones do not reach back (版本锁定)."""
    if code not in published_by(on):
        edition = methodologies().get(code)
        why = (
            Text("{on} 尚未发布", "not published by {on}").format(on=on.isoformat())
            if edition
            else Text("没有该方法学", "unknown")
        )
        expected = Text("当日已发布的方法学（{why}）", "a methodology published by then ({why})").format(why=why)
        raise refused("CCR-03", "methodology", code, expected)
    return methodologies()[code]


def known_amount(value: Any, field: str) -> str:
    if not isinstance(value.number, Decimal):
        reason = value.reason or Text("数据不全", "something is missing")
        expected = Text("可以计算的数值（{why}）", "what can be computed ({why})").format(why=reason)
        raise refused("CCR-16", field, "—", expected)
    return plain(value.number)
