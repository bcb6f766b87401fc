"""What is found in a version before anything is locked, and whether it still holds under the lock."""

from __future__ import annotations

from dataclasses import dataclass

from tanzhi.actions.meanwhile import latest_act, nothing_but_others
from tanzhi.actions.refusal import Disturbed, Refused
from tanzhi.filings.months.inputs import QuestionAnswersInput
from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.status import standing_of
from tanzhi.rulebook.kernel import Finding, RecordNode
from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a version before anything was locked; another version in its place is examined anew."""

    version: int
    findings: list[Finding]
    node: RecordNode | None = None
    since: int | None = None  # the act that had ended last when it began


_OTHER_VERSION = Text(
    "检查期间数据已变，未保存；请重试", "the values changed while they were examined; nothing was saved, try again"
)


def refuse_other_version(filing: Filing, examination: Examination) -> None:
    if filing.versions.order_by("-number").values_list("number", flat=True).first() != examination.version:
        raise Disturbed("FIL-VERSION", _OTHER_VERSION, 409)


def questions_to_answer(data: QuestionAnswersInput, filing: Filing) -> Examination:
    """The open questions that answers are for; evaluated under the lock, a month would keep every plant waiting."""
    version = filing.latest
    unanswered = standing_of(filing, version).unanswered
    places = {(question.code, question.place) for question in unanswered}
    for answer in data.answers:
        if version is None or (answer.code, answer.where) not in places:
            raise no_question(answer.code)
    return Examination(version.number if version else 0, unanswered)


def no_question(code: str) -> Refused:
    message = Text("没有待答复的疑问 {code}", "there is no open question {code}").format(code=code)
    return Refused("FIL-QUESTION", message, 409)


def refuse_findings(filing: Filing) -> tuple[Version, RecordNode | None]:
    """The version that may go on, with its quantities, or a refusal with everything that stands in its way."""
    version = filing.latest
    standing = standing_of(filing, version)
    if version is None or not standing.clear:
        message = Text("有 {errors} 处须改、{asked} 处待说明", "{errors} to correct, {asked} to explain")
        text = message.format(errors=len(standing.errors), asked=len(standing.unanswered))
        raise Refused("FIL-FINDINGS", text, 422, standing.errors + standing.unanswered)
    return version, standing.node


def version_without_findings(_: None, filing: Filing) -> Examination:
    """The version that a check may pass, examined before anything is locked."""
    version, node = refuse_findings(filing)
    return Examination(version.number, [], node)


def examined_before(_: None, filing: Filing) -> Examination:
    """What a deposit goes by, evaluated and examined before anything is locked."""
    since = latest_act()  # asked first, so that whatever is done from here on is examined anew
    version, node = refuse_findings(filing)
    return Examination(version.number, [], node, since)


def examined(filing: Filing, examination: Examination) -> tuple[Version, RecordNode | None]:
    """The version that may be deposited, with its quantities: examined again where anything was done that could change
    what is found.
    """
    version = filing.latest
    undisturbed = nothing_but_others(filing, filing.organisation_id, examination.since)
    if version is not None and version.number == examination.version and undisturbed:
        return version, examination.node
    return refuse_findings(filing)
