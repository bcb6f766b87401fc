"""Computing anew what an earlier law computed: compared beside the request, decided by two, kept in batches."""

from __future__ import annotations

from django.db import transaction

from tanzhi.actions.actor import Actor
from tanzhi.actions.jobs import start
from tanzhi.actions.language import listed
from tanzhi.actions.models import Job
from tanzhi.actions.references import reference
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action, anywhere
from tanzhi.rulebook.kernel.text import Text

from .comparison import (
    COMPARE,
    DECIDED,
    REEVALUATE,
    changed_meanwhile,
    digest_of,
    digest_of_all,
    evaluated,
    refuse_other_law,
    stream_of,
)
from .earlier import STREAMS, standing_of
from .inputs import BatchInput, CompareInput, ComparisonInput, ReevaluateInput
from .models import APPROVED, CHANGED, COMPARED, DONE, KEPT, MEANWHILE, ComparedRecord, Comparison

BY = {"administrator"}
NAMED = 5  # so many records are named in a refusal
_NO_STREAM = Text("没有可比较的结果“{code}”", "there are no results “{code}” to be compared")
_OWN_ACT = Text("由专门事项办理：{act}", "this is for an act of its own: {act}")
_NOTHING = Text(
    "{guideline} {year} 年没有按此前规则算出、现行规则会影响的结果",
    "of {guideline} for {year} nothing stands that an earlier law computed",
)
_ALL_SAME = Text("比较的结果都没有变化", "everything that was compared comes out the same")
_MEANWHILE = Text("比较之后 {names} 另有改动：请重新比较", "{names} changed after the comparison: compare again")
_ALTERED = Text("对照表与比较时不一致，不予办理", "the comparison does not say any more what it said when it was made")


def by_the_platform(actor: Actor, _role: str, _subject: Comparison | None, _data: object) -> bool:
    """What the platform's own work writes, and nobody's request."""
    return actor.person_id is None


@action(
    "law.compare",
    label=Text("比较重新核算前后", "Compare before and after"),
    by=BY,
    input=CompareInput,
    place=anywhere,
)
def compare(call: Call) -> Job:
    """Have every record of a stream and year computed by the law in force, beside what is stored; nothing changes."""
    data: CompareInput = call.data
    stream = stream_of(data.stream)
    if stream is None:
        raise Refused("LAW-STREAM", _NO_STREAM.format(code=data.stream), 422)
    if not standing_of(stream, data.guideline, data.year, Actor.platform()):
        raise Refused("LAW-SAME", _NOTHING.format(guideline=data.guideline, year=data.year), 409)
    return start(COMPARE, call.actor, **data.model_dump())


@action(
    "law.keep_comparison",
    label=Text("保存对照", "Keep a comparison"),
    by=BY,
    input=ComparisonInput,
    place=anywhere,
    limits=by_the_platform,
)
def keep_comparison(call: Call) -> Comparison:
    """What a comparison found, whole; refused where the law changed while it was made."""
    data: ComparisonInput = call.data
    about = data.model_dump(exclude={"records"})
    rows = (tuple(getattr(record, name) for name in DECIDED) for record in data.records)
    comparison = Comparison(**about, at=call.now, digest=digest_of_all(rows))
    refuse_other_law(comparison)
    comparison.save()
    model = STREAMS[data.stream].model
    ComparedRecord.objects.bulk_create(
        ComparedRecord(comparison=comparison, number=number, record=f"{model}:{record.key}", **record.model_dump())
        for number, record in enumerate(data.records, 1)
    )
    call.attach("digest", comparison.digest)
    call.attach("release", comparison.release)
    call.attach("records", len(data.records))
    return comparison


@action(
    "law.reevaluate",
    label=Text("按对照重新核算", "Re-evaluate by the comparison"),
    by=BY,
    subject=Comparison,
    leaves={COMPARED},
    enters=APPROVED,
    input=ReevaluateInput,
    second_person=True,
)
def reevaluate(call: Call, comparison: Comparison) -> Comparison:
    """Two people have what they saw computed anew; refused where law, records or the comparison changed since.

    Verified conclusions, issued allowances and published editions keep their values.
    """
    if STREAMS[comparison.stream].own_act:
        raise Refused("LAW-OWN-ACT", _OWN_ACT.format(act=STREAMS[comparison.stream].act), 409)
    refuse_other_law(comparison)
    if digest_of_all(comparison.records.values_list(*DECIDED)) != comparison.digest:
        raise Refused("LAW-ALTERED", _ALTERED, 409)
    if not comparison.records.filter(state=CHANGED).exists():
        raise Refused("LAW-SAME", _ALL_SAME, 409)
    if changed := changed_meanwhile(comparison):
        names = STREAMS[comparison.stream].names([row.key for row in changed[:NAMED]])
        raise Refused("LAW-MEANWHILE", _MEANWHILE.format(names=listed(name for name, _ in names.values())), 409)
    comparison.reason = call.data.reason
    comparison.save(update_fields=["reason"])
    for name in ("digest", "release", "stream", "guideline", "year"):
        call.attach(name, getattr(comparison, name))
    call.attach("reason", call.data.reason)
    _begin(call, comparison)
    return comparison


@action(
    "law.continue_reevaluation",
    label=Text("继续重新核算", "Continue the re-evaluation"),
    by=BY,
    subject=Comparison,
    leaves={APPROVED},
)
def continue_reevaluation(call: Call, comparison: Comparison) -> Comparison:
    """Work that was ended goes on where it stopped; each record is still kept only as it was compared."""
    _begin(call, comparison)
    return comparison


def _begin(call: Call, comparison: Comparison) -> None:
    """The work begins once the act is saved; nothing of a rehearsal is."""
    if not call.rehearsed:
        transaction.on_commit(lambda: start(REEVALUATE, call.actor, comparison=comparison.pk))


@action(
    "law.keep_results",
    label=Text("保存重新核算的结果", "Save the re-evaluated results"),
    by=BY,
    subject=Comparison,
    leaves={APPROVED},
    input=BatchInput,
    limits=by_the_platform,
)
def keep_results(call: Call, comparison: Comparison) -> Comparison:
    """Some records of an approved comparison; whichever comes out otherwise than two people saw stays as it is."""
    refuse_other_law(comparison)
    stream = STREAMS[comparison.stream]
    for record in comparison.records.filter(number__in=call.data.numbers, state=CHANGED):
        evaluation = evaluated(stream, record.key)
        as_seen = digest_of(evaluation) == record.digest and evaluation.problem is None
        record.state = KEPT if as_seen else MEANWHILE
        if as_seen:
            call.attach(f"results_{record.key}", evaluation.keep())
            call.attach(f"changes_{record.key}", list(evaluation.lines))
        record.save(update_fields=["state"])
    call.attach("records", reference(comparison))
    if not comparison.records.filter(state=CHANGED).exists():
        call.enter(DONE)
    return comparison
