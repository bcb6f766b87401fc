"""What a filer adds to the values: answers to questions, evidence, what laboratory reports say."""

from __future__ import annotations

import io

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.evidence.files import store
from tanzhi.filings.months.measured import reports_of, with_reports
from tanzhi.filings.months.model import Answer, EvidenceFile, Filing
from tanzhi.filings.months.status import question_key
from tanzhi.filings.months.versions import Source, keep
from tanzhi.filings.review.work import reopened
from tanzhi.filings.shared.inputs import stored_limit
from tanzhi.rulebook.kernel.text import Text

from .examination import Examination, no_question, refuse_other_version

_NO_REPORTS = Text(
    "本月已登记的 {n} 份检测报告没有可带入的数值（每一品种须有唯一的报告，或先填其编号）",
    "the month's {n} reports on record have nothing to take (one report for each material, or state its number first)",
)


def take_reports(call: Call, filing: Filing) -> None:
    """Keep the values with what the month's laboratory reports say as the next version."""
    latest, reports = filing.latest, reports_of(filing)
    record = latest.record if latest else {}
    filled = with_reports(filing, record, reports)
    if filled == record:
        raise Refused("LAB-NOTHING", _NO_REPORTS.format(n=len(reports)), 409)
    version = keep(call, filing, filled, Source(reason="检测报告 / laboratory reports"))
    call.attach("version", version.number)
    call.attach("values", version.digest)
    call.attach("reports", sorted(report.number for report in reports))
    call.enter(reopened(filing))


def answer(call: Call, filing: Filing) -> None:
    """Explain what checks ask about; the words are deposited with the values, each with its check and place."""
    examination: Examination = call.prepared
    refuse_other_version(filing, examination)
    answered = set(filing.answers.values_list("code", "where", "question"))
    unanswered = [key for question in examination.findings if (key := question_key(question)) not in answered]
    for each in call.data.answers:
        questions = [key for key in unanswered if key[:2] == (each.code, each.where)]
        if not questions:
            raise no_question(each.code)
        unanswered = [key for key in unanswered if key not in questions]
        for code, where, words in questions:
            Answer.objects.create(
                filing=filing,
                code=code,
                where=where,
                question=words,
                text=each.text,
                person_id=call.actor.person_id or 0,
                person_name=call.actor.name,
                at=call.now,
            )
    call.attach("codes", sorted({each.code for each in call.data.answers}))


def attach(call: Call, filing: Filing) -> None:
    """Attach a test report, a meter log or another file that proves what was filed."""
    data = call.data
    if len(data.content) > stored_limit():
        message = Text("文件过大，至多 {n} MB", "the file is too large, at most {n} MB")
        raise Refused("FIL-SIZE", message.format(n=stored_limit() // 2**20), 413)
    stored = store(io.BytesIO(data.content))
    if filing.evidence_files.filter(sha256=stored.sha256, where=data.where).exists():
        raise Refused("FIL-FILE-SAME", Text("同一文件已附，未另存", "The same file is attached already"), 409)
    EvidenceFile.objects.create(
        filing=filing,
        kind=data.kind,
        where=data.where,
        sha256=stored.sha256,
        name=data.name,
        size=stored.size,
        person_id=call.actor.person_id or 0,
        at=call.now,
    )
    call.attach("file", stored.sha256)
