"""The only writer of mappings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.filings.intake.mapping import Mapped, fields_unknown
from tanzhi.filings.shared.forms import filled_form, guideline_of, known_forms
from tanzhi.filings.shared.inputs import place_of_organisation
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Refers
from tanzhi.rulebook.kernel import Text, form

from .model import Mapping, MappingVersion


class MappingInput(Input):
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    form_code: Annotated[str, Label("表单", "Form")]
    name: Annotated[str, Field(min_length=1, max_length=100), Label("名称", "Name")]
    parts: Annotated[tuple[Mapped, ...], Field(min_length=1), Label("映射", "Mapping")]


@action(
    "filings.map_ledger",
    label=Text("保存台账映射", "Save a ledger mapping"),
    by=PLANT,
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
