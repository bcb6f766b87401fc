"""Actions on what filings go by: ledger mappings and inner deadlines."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.actor import Place
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action
from tanzhi.organisations.models import Organisation, Region
from tanzhi.rulebook.kernel import Text, form

from .inputs import DeadlineInput, MappingInput, place_of_organisation
from .intake.mapping import fields_unknown
from .models import InnerDeadline, Mapping, MappingVersion
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
    region = Region.objects.filter(pk=data.region_id).first()
    return Place(region_path=region.path) if region else Place()


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
    deadlines = InnerDeadline.objects.filter(region_id=data.region_id, form_code=data.form_code, until=None)
    deadlines.update(until=data.since)
    return InnerDeadline.objects.create(
        region_id=data.region_id, form_code=data.form_code, days=data.days, source=data.source, since=data.since
    )
