"""The records of this package, for Django."""

from .lists_version import ListsVersion
from .people.model import Assignment, Founding, Grant, Person, Tally, Token
from .register.model import (
    Facility,
    FacilityOperator,
    KeyUnitStatus,
    ListDisclosure,
    Membership,
    Organisation,
    OrganisationAttributes,
    OrganisationEvent,
    OrganisationName,
    Region,
    Unit,
    UnitAttributes,
)
from .single_sign_on.mapping import MappedGrant, RoleMapping
from .single_sign_on.model import SignOnBinding

__all__ = [
    "Assignment",
    "Facility",
    "FacilityOperator",
    "Founding",
    "Grant",
    "KeyUnitStatus",
    "ListDisclosure",
    "ListsVersion",
    "MappedGrant",
    "Membership",
    "Organisation",
    "OrganisationAttributes",
    "OrganisationEvent",
    "OrganisationName",
    "Person",
    "Region",
    "RoleMapping",
    "SignOnBinding",
    "Tally",
    "Token",
    "Unit",
    "UnitAttributes",
]
