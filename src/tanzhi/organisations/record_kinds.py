"""What programs read of places, organisations and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions import clock
from tanzhi.actions.actor import scope
from tanzhi.presentation.records.kind import DATA, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .people.lists import PEOPLE
from .people.model import PERSON_STATES, Assignment, Grant, Person
from .people.reach import grants_in_reach
from .register.lists import ORGANISATIONS, STATES
from .register.model import EVENTS, Facility, KeyUnitStatus, Membership, Organisation, OrganisationEvent, Region, Unit
from .register.queries import KINDS
from .single_sign_on.mapping import RoleMapping
from .single_sign_on.model import WAYS, SignOnBinding

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NAME = RecordField("name", WORDS)


def attributes_today(row: Organisation) -> dict[str, Any]:
    return row.attributes_on(clock.today())


def all_regions(_actor: Actor) -> Any:
    return Region.objects.all()  # a region's place is published


def assignments_in_reach(actor: Actor) -> Any:
    return Assignment.objects.filter(scope(actor))


register(
    RecordKind(
        "regions",
        Text("行政区", "Regions"),
        Region,
        ("code",),
        ("parent", NAME, "kind", "counted", "since", "until", "revision"),
        rows=all_regions,
    )
)
register(
    RecordKind(
        "organisations",
        Text("单位", "Organisations"),
        Organisation,
        ("code",),
        (
            NAME,
            "credit_code",
            RecordField("kind", words=KINDS),
            "region",
            "sector",
            "guideline",
            RecordField("state", words=STATES),
            RecordField("attributes", DATA, of=attributes_today),
            "revision",
        ),
        listing=ORGANISATIONS,
        prefetch=("names", "attribute_versions"),
    )
)
register(
    RecordKind(
        "organisation_events",
        Text("单位变动", "Events of organisations"),
        OrganisationEvent,
        ("organisation__code", "pk"),
        ("organisation", RecordField("kind", words=EVENTS), "on", "related", "basis"),
    )
)
register(
    RecordKind(
        "facilities",
        Text("设施", "Facilities"),
        Facility,
        ("code",),
        ("organisation", NAME, "region", "revision"),
    )
)
register(
    RecordKind(
        "units",
        Text("机组与生产线", "Units and lines"),
        Unit,
        ("facility__code", "number"),
        (
            "facility",
            RecordField("organisation", path="facility__organisation"),
            "number",
            "attributes",
            "since",
            "until",
            "revision",
        ),
    )
)
register(
    RecordKind(
        "key_units",
        Text("重点排放单位名录", "List of key emission units"),
        KeyUnitStatus,
        ("organisation__code", "sector", "pk"),
        ("organisation", "sector", "since", "until", "basis"),
    )
)
register(
    RecordKind(
        "memberships",
        Text("年度纳入决定", "Decisions on membership"),
        Membership,
        ("organisation__code", "market", "year", "pk"),
        (
            "organisation", "market", "year", "standing", "reason", "document", "source", "decided_on", "replaces",
            "at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "people",
        Text("人员", "People"),
        Person,
        ("sign_in_name",),
        (RecordField("name"), "language", RecordField("state", words=PERSON_STATES), "revision"),
        listing=PEOPLE,
    )
)
register(
    RecordKind(
        "grants",
        Text("角色", "Roles held"),
        Grant,
        ("person__sign_in_name", "pk"),
        ("person", "role", "organisation", "since", "until", "revision"),
        rows=grants_in_reach,
    )
)
register(
    RecordKind(
        "assignments",
        Text("委托", "Assignments"),
        Assignment,
        ("holder__code", "organisation__code", "pk"),
        ("holder", "organisation", "since", "until", "basis", "revision"),
        rows=assignments_in_reach,
    )
)
register(
    RecordKind(
        "sign_on_bindings",
        Text("统一身份绑定", "Bindings to the single sign-on"),
        SignOnBinding,
        ("person__sign_in_name", "pk"),
        ("person", "issuer", "identity", RecordField("way", words=WAYS), "bound_at", "ended_at", "revision"),
    )
)
register(
    RecordKind(
        "role_mappings",
        Text("统一身份角色", "Roles of the single sign-on"),
        RoleMapping,
        ("claim", "pk"),
        ("issuer", "claim", "role", "organisation", "since", "until", "revision"),
    )
)
