"""Comparing what is stored with the law in force, and computing it anew: long work beside the request, in steps.

A comparison is computed record by record and kept whole. Two people decide on what it says; then its records are
computed again in small batches, each in a transaction of its own, and kept where they come out as they were compared.
What came out otherwise meanwhile stays as it is and is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.jobs import JobRun, job
from tanzhi.actions.models import Job
from tanzhi.actions.perform import perform
from tanzhi.actions.references import digest
from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

from .earlier import STREAMS, Evaluation, Stream, standing_of
from .evaluation import one_law, release
from .models import BARRED, CHANGED, SAME, ComparedRecord, Comparison

COMPARE, REEVALUATE = "law.compare", "law.reevaluate"
ADMINISTRATOR = frozenset({"administrator"})
DECIDED = ("key", "release", "state", "digest", "changes", "problem")
BATCH = 5  # records in one transaction: a deposit of a year's report writes some thousand rows
_COMPARING = Text("按现行规则逐份核算并比较", "computing each by the law in force and comparing")
_KEEPING = Text("逐份重新核算", "computing each anew")
_OTHER_LAW = Text(
    "比较之后又有参数录入，现行规则版本已变：请重新比较",
    "a parameter was entered since: the law in force is another one; compare again",
)


def stream_of(code: str) -> Stream | None:
    """A stream whose records can be compared before and after."""
    stream = STREAMS.get(code)
    return stream if stream is not None and stream.evaluate is not None else None


@job(COMPARE, label=Text("比较重新核算前后", "Compare before and after re-evaluation"), by=ADMINISTRATOR)
def compare(run: JobRun, stream: str, guideline: str, year: int) -> Callable[[], dict[str, Any]]:
    """Every standing record of the stream and year that an earlier law computed, by the law in force."""
    with one_law():
        law, records = release(guidelines()[guideline]), []
        stored = standing_of(STREAMS[stream], guideline, year, Actor.platform())
        run.step(0, _COMPARING, len(stored))
        same = STREAMS[stream].given_again(list(stored))
        for number, (key, then) in enumerate(stored.items(), 1):
            evaluation = Evaluation() if key in same else evaluated(STREAMS[stream], key)
            records.append({"key": key, "release": then} | compared(evaluation))
            run.step(number, _COMPARING)
    data = {"stream": stream, "guideline": guideline, "year": year, "release": law, "person_id": run.actor_id}

    def keep() -> dict[str, Any]:
        done = perform("law.keep_comparison", Actor.platform(), data=data | {"records": records}).result
        return {"comparison": done.pk, "onward": done.get_absolute_url()}

    return keep


def evaluated(stream: Stream, key: int) -> Evaluation:
    """A record by the law in force; what refuses it is said in its place."""
    assert stream.evaluate is not None
    try:
        return stream.evaluate(key)
    except Refused as refused:
        return Evaluation(problem=refused.message)


def compared(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as a comparison keeps it."""
    if evaluation.problem is not None:
        return {"state": BARRED, "digest": digest_of(evaluation), "problem": evaluation.problem.as_dict()}
    changes = [
        asdict(change) | {"label": change.label.as_dict(), "place": change.place.as_dict()}
        for change in evaluation.changes
    ]
    return {"state": CHANGED if evaluation.lines else SAME, "digest": digest_of(evaluation), "changes": changes}


def digest_of(evaluation: Evaluation) -> str:
    """SHA-256 over every difference of a record, in order."""
    return hashlib.sha256("\n".join(evaluation.lines).encode()).hexdigest()


def digest_of_all(records: Iterable[tuple[Any, ...]]) -> str:
    """Of a comparison: over `DECIDED` of each of its records, so over what whoever decides reads."""
    return digest([list(record) for record in records])


def refuse_other_law(comparison: Comparison) -> None:
    """What was compared by a law that is not in force any more is compared again."""
    if release(guidelines()[comparison.guideline]) != comparison.release:
        raise Refused("LAW-CHANGED", _OTHER_LAW, 409)


@job(REEVALUATE, label=Text("重新核算", "Re-evaluate"), by=ADMINISTRATOR)
def reevaluate(run: JobRun, comparison: int) -> dict[str, Any]:
    """The records of an approved comparison, batch by batch; one that was ended goes on where it stopped."""
    row = Comparison.objects.get(pk=comparison)
    waiting = list(row.records.filter(state=CHANGED).values_list("number", flat=True))
    whole = row.records.exclude(state__in=(SAME, BARRED)).count()
    run.step(whole - len(waiting), _KEEPING, whole)
    for first in range(0, len(waiting), BATCH):
        batch = waiting[first : first + BATCH]
        perform("law.keep_results", Actor.platform(), row.pk, {"numbers": batch})
        run.step(whole - len(waiting) + first + len(batch), _KEEPING)
    return {"comparison": row.pk, "onward": row.get_absolute_url()}


def is_at_work(comparison: Comparison) -> bool:
    """Whether a job that keeps its records waits or runs."""
    jobs = Job.objects.filter(kind=REEVALUATE, arguments__comparison=comparison.pk)
    return jobs.filter(state__in=(Job.QUEUED, Job.RUNNING)).exists()


def changed_meanwhile(comparison: Comparison) -> list[ComparedRecord]:
    """Those of its records that would change and are not stored any more as they were when it was made."""
    stored = standing_of(STREAMS[comparison.stream], comparison.guideline, comparison.year, Actor.platform())
    changed = comparison.records.filter(state=CHANGED)
    return [record for record in changed if stored.get(record.key) != record.release]
