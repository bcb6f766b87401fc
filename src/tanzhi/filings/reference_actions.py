"""Actions on what filings go by: ledger mappings, inner deadlines, and the law when it has changed."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.actor import Place
from tanzhi.actions.references import reference
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action, anywhere
from tanzhi.organisations.models import Organisation, Region
from tanzhi.rulebook.kernel import Text, form

from .inputs import DeadlineInput, MappingInput, ReevaluateInput, place_of_organisation
from .intake.mapping import fields_unknown
from .models import InnerDeadline, Mapping, MappingVersion
from .reevaluation import affected, reevaluate
from .results import digest_of
from .standing import filled_form, guideline_of, known_forms


@action(
    "filings.map_ledger",
    label=Text("保存台账映射", "Save a ledger mapping"),
    by={"enterprise_filer", "enterprise_approver"},
    input=MappingInput,
    place=place_of_organisation,
)
def map_ledger(call: Call) -> Mapping:
    """The next version of a mapping of a plant's own ledger; earlier versions stay with what they were used for."""
    data = call.data
    if data.form_code not in known_forms():
        raise Refused("FIL-FORM", Text("没有表单 {f}", "there is no form {f}").format(f=data.form_code), 422)
    spec = form(guideline_of(data.form_code), filled_form(data.form_code), clock.today().year)
    if odd := fields_unknown(spec, data.parts):
        message = Text("表单中没有、或对应了两次：{odd}", "not in the form, or mapped twice: {odd}")
        raise Refused("FIL-MAPPED", message.format(odd=", ".join(odd[:10])), 422)
    organisation = Organisation.objects.get(pk=data.organisation_id)
    mapping, _ = Mapping.objects.get_or_create(organisation=organisation, form_code=data.form_code, name=data.name)
    latest = mapping.latest
    version = MappingVersion.objects.create(
        mapping=mapping,
        number=latest.number + 1 if latest else 1,
        parts=[part.model_dump(mode="json") for part in data.parts],
        person_id=call.actor.person_id or 0,
        at=call.now,
    )
    call.attach("version", version.number)
    return mapping


def _place_of_region(data: Any) -> Place | None:
    found = Region.objects.filter(pk=data.region_id).first()
    return Place(region_path=found.path) if found else Place()


@action(
    "filings.set_deadline",
    label=Text("设定内部期限", "Set an inner deadline"),
    by={"provincial_director", "administrator"},
    input=DeadlineInput,
    place=_place_of_region,
)
def set_deadline(call: Call) -> InnerDeadline:
    """A province's own earlier deadline; it informs and reminds, the law's day still decides what is late."""
    data = call.data
    if data.form_code not in known_forms():
        raise Refused("FIL-FORM", Text("没有表单 {f}", "there is no form {f}").format(f=data.form_code), 422)
    held = InnerDeadline.objects.filter(region_id=data.region_id, form_code=data.form_code, until=None)
    held.update(until=data.since)
    return InnerDeadline.objects.create(
        region_id=data.region_id, form_code=data.form_code, days=data.days, source=data.source, since=data.since
    )


@action(
    "filings.reevaluate",
    label=Text("按现行参数重新核算", "Re-evaluate by the law of today"),
    by={"administrator"},
    input=ReevaluateInput,
    place=anywhere,
    second_person=True,
)
def reevaluate_year(call: Call) -> list[str]:
    """What a guideline's deposits of a year give by the law of today, beside what they gave; nothing else changes.

    Verified conclusions, issued allowances and published editions keep their values.
    """
    found = affected(call.data.guideline, call.data.year)
    if not found:
        words = {"guideline": call.data.guideline, "year": call.data.year}
        raise Refused("FIL-SAME-LAW", _SAME_LAW.format(**words), 409)
    changes: list[str] = []
    for one in found:
        results = reevaluate(one)
        changes += [f"{reference(one.version)} {line}" for line in one.lines()]
        call.attach(f"results_{one.version.pk}", digest_of(results))
    call.attach("release", results[0].release)
    call.attach("changes", changes)
    call.attach("reason", call.data.reason)
    return changes


_SAME_LAW = Text(
    "{guideline} {year} 年度已存证的结果按现行参数核算没有变化",
    "every deposited result of {guideline} for {year} comes out the same by the law of today",
)
