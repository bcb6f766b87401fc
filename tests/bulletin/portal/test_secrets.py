"""What is not public stands in no data set and no feed, whoever asks: a secret is planted beside what is public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tanzhi.actions.registry import decide, perform
from tanzhi.bulletin.models import Edition
from tanzhi.bulletin.portal.feeds import FEEDS, LANGUAGES
from tanzhi.evidence.tracking import unrecorded
from tanzhi.figures import FigureAnswer
from tanzhi.organisations.register.model import ListDisclosure
from tanzhi.presentation.open_data.data_set import data_sets
from tanzhi.presentation.open_data.files import FORMS
from tanzhi.streams.ccer.models import CreditProject, PublicComment
from tanzhi.streams.intensity.ledger.model import EnergyBalance, GdpLevel
from tanzhi.streams.intensity.targets.model import Target
from tanzhi.streams.inventory.models import Cell, Inventory, Run
from tanzhi.streams.policy.audits.model import AuditList
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.verification.cases.model import Conclusion
from tanzhi.streams.verification.disclosure.model import DisclosedEmission, EmissionDisclosure
from tests import factories
from tests.actions.spots import Spot, spots
from tests.streams.market import market

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

pytestmark = pytest.mark.django_db
OPEN, SECRET = "公开之物", "不公开之物"
AT = datetime(2024, 3, 1, tzinfo=UTC)
SECRET_TONNES, OPEN_TONNES = "987654321", "123450000"
BACKEND = "django.contrib.auth.backends.ModelBackend"
MEMBER = {"standing": "member", "document": "d", "source": "s", "decided_on": date(2021, 1, 1)}
Plant = Callable[[Spot, "World"], None]


def documents(here: Spot, world: World) -> None:
    for title, published, state in ((OPEN, True, "in_force"), (SECRET, False, "in_force"), (SECRET, True, "draft")):
        here.make(Document, title_zh=title, title_en=title, published=published, state=state, region=world.province)


def key_units(here: Spot, world: World) -> None:
    """A list made public twice, of which the later one counts; a unit that is on no list that was made public."""
    for code, zh in (("OPEN", OPEN), ("FORMER", SECRET), ("LATER", SECRET)):
        factories.organisation(code, world.city, zh=zh, en=zh)
    told = {"region": world.province, "year": 2024, "basis": "notice"}
    ListDisclosure.objects.create(**told, on=date(2024, 1, 1), codes=["FORMER"])
    ListDisclosure.objects.create(**told, on=date(2024, 2, 1), codes=["OPEN"])


def gdp(here: Spot, world: World) -> None:
    told = {"region": world.province, "year": 2020, "price_base": 2020, "vintage": "annual", "value": "1.5"}
    here.make(GdpLevel, **told, published=True, source=OPEN, person_name=SECRET)
    here.make(GdpLevel, **told, published=False, source=SECRET)
    here.make(GdpLevel, **told, published=True, source=SECRET, withdrawn_at=AT)


def energy(here: Spot, world: World) -> None:
    told = {"region": world.province, "year": 2020, "coal": "1", "oil": "2", "gas": "3", "vintage": "annual"}
    here.make(EnergyBalance, **told, published=True, source=OPEN, person_name=SECRET)
    here.make(EnergyBalance, **told, published=False, source=SECRET)


def targets(here: Spot, world: World) -> None:
    told = {"region": world.province, "base_year": 2020, "end_year": 2025, "decline": "17"}
    here.make(Target, **told, published=True, source=OPEN, person_name=SECRET)
    here.make(Target, **told, published=False, source=SECRET)
    here.make(Target, **told, published=True, confidential=True, source=SECRET)


def notices(here: Spot, world: World) -> None:
    told = {"owner": world.plant, "region": world.city, "methodology": "CCER-01-001-V01", "expected": "5"}
    days = {"notice_first": date(2024, 5, 1), "notice_last": date(2024, 5, 30)}
    shown = here.make(CreditProject, **told, **days, number="C-1", zh=OPEN, en=OPEN, state="notice", words=SECRET)
    here.make(CreditProject, **told, number="C-2", zh=SECRET, en=SECRET, state="design")
    here.make(PublicComment, project=shown, report=None, who=SECRET, contact=SECRET, text=SECRET)


def inventories(here: Spot, world: World, notation: str = "") -> None:
    """A published one of a single row; one in review."""
    told = {"region": world.province, "edition": "2011", "gwp_set": "SAR"}
    published = here.make(Inventory, **told, year=2020, published=True, state="published")
    reviewed = here.make(Inventory, **told, year=2021, published=False, state="reviewed")
    for inventory, tonnes in ((published, OPEN_TONNES), (reviewed, SECRET_TONNES)):
        run = here.make(Run, inventory=inventory, release=OPEN if inventory == published else SECRET)
        Cell.objects.create(run=run, category="IP.1", gas="CO2", mass=tonnes, notation=notation)


def verified_emissions(here: Spot, world: World) -> None:
    """One that is public, without the method that its enterprise claims as a secret; one that is being prepared."""
    told = {"region": world.province, "sector": "power", "document": SECRET}
    public = here.make(
        EmissionDisclosure, **told, year=2022, number=1, state="published", published_on=date(2024, 3, 1)
    )
    prepared = here.make(EmissionDisclosure, **told, year=2023, number=1, state="prepared")
    claim = {"claimed": ["method"], "claim": SECRET, "claimed_at": AT, "method": SECRET}
    row = {"organisation": world.plant, "version": 1, "conforms": True, "body_en": OPEN}
    for number, (disclosure, tonnes, body) in enumerate(
        ((public, OPEN_TONNES, OPEN), (prepared, SECRET_TONNES, SECRET)), 1
    ):
        conclusion = here.make(Conclusion, number=number, opinion=SECRET)
        own = {"disclosure": disclosure, "conclusion": conclusion, "emission": tonnes, "body_zh": body}
        here.make(DisclosedEmission, **row, **claim, **own)


PLANTS: dict[str, Plant] = {
    "policy-documents": documents,
    "key-units": key_units,
    "gdp": gdp,
    "energy": energy,
    "targets": targets,
    "notices": notices,
    "inventories": inventories,
    "verified_emissions": verified_emissions,
}


@pytest.fixture
def office(client: Client, world: World, settings: Any) -> Client:
    """An officer of the province, who sees the secret on his own pages."""
    settings.TANZHI_PROVINCE = world.province.code
    reader = factories.person("reader", ("provincial_officer", world.authority))
    type(reader).objects.filter(pk=reader.pk).update(is_active=True, state="active")
    client.force_login(type(reader).objects.get(pk=reader.pk), backend=BACKEND)
    return client


def given_away(client: Client, code: str) -> dict[str, bytes]:
    """Everything that anybody gets of a data set, and every feed and page that may name it."""
    addresses = [reverse("bulletin:data_file", args=[code, form]) for form in FORMS]
    addresses += [reverse("bulletin:feed", args=[name, language]) for name in FEEDS for language in LANGUAGES]
    addresses += [reverse("bulletin:portal"), reverse("bulletin:data"), reverse("bulletin:data_set", args=[code])]
    answers = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {address: answer.content for address, answer in answers.items()}


@pytest.mark.parametrize("code", PLANTS)
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_secret_of_each_kind_is_given_to_nobody(code: str, signed_in: bool, office: Client, world: World) -> None:
    if not signed_in:
        office.logout()
    with unrecorded():
        PLANTS[code](spots(world)[0], world)
    given = given_away(office, code)
    assert OPEN in given[reverse("bulletin:data_file", args=[code, "csv"])].decode()
    for address, content in given.items():
        assert SECRET.encode() not in content, address
        assert SECRET_TONNES.encode() not in content, address


def test_totals_of_an_inventory_are_those_of_what_was_published(office: Client, world: World) -> None:
    with unrecorded():
        inventories(spots(world)[0], world)
    rows = office.get(reverse("bulletin:data_file", args=["inventories", "json"])).json()["rows"]
    (row,) = [row for row in rows if (row["of"], row["gas"]) == ("T1", "CO2")]
    assert (row["year"], row["amount"], row["unit"]) == (2020, "12345.0000", "10⁴ t")  # 123 450 000 t ÷ 10 000
    assert {row["year"] for row in rows} == {2020}


def test_a_confidential_row_that_is_the_whole_total_hides_it(office: Client, world: World) -> None:
    with unrecorded():
        inventories(spots(world)[0], world, notation="C")
    rows = office.get(reverse("bulletin:data_file", args=["inventories", "json"])).json()["rows"]
    assert {(row["amount"], row["state"]) for row in rows} == {(None, "withheld")}


def test_of_surrender_the_standing_is_told_and_no_tonnes(
    office: Client, world: World, clerk: Any, approver: Any, officer: Any, director: Any
) -> None:
    market.account(world.plant, officer)
    market.filed(world.plant, clerk, approver, 2021)
    with unrecorded():
        world.plant.memberships.get_or_create(market="power", year=2021, defaults=MEMBER)
    market.issued(market.cycle(world, officer), officer, director)
    office.logout()
    (row,) = office.get(reverse("bulletin:data_file", args=["surrender", "json"])).json()["rows"]
    assert (row["code"], row["cycle"], row["deadline"]) == (world.plant.code, "2021", "2022-12-31")
    assert row["standing"] in {"open", "overdue"}
    assert set(row) == {
        "province", "cycle", "deadline", "code", "name_zh", "name_en", "city_zh", "city_en", "standing", "met_on",
        "receipt",
    }  # fmt: skip
    for content in given_away(office, "surrender").values():
        assert market.UNIT["unit_obligation_emission"].encode() not in content
        assert str(market.ALLOWANCE[2021]).encode() not in content


def test_figures_are_told_once_they_are_published_as_they_were_printed(
    told: Any, office: Client, world: World, officer: Any, director: Any
) -> None:
    emission = "verification.reported_emission"
    told[emission, "2023"] = FigureAnswer(Decimal(95421400))
    draft = perform("bulletin.draft", officer, data={"period": "2024H1", "region": world.province.code}).result
    assert all(b"95421400" not in content for content in given_away(office, "figures").values())
    proposal = perform("bulletin.publish", officer, draft, {"remark": "all rows were read"}).proposal
    decide(proposal, director, True, "agreed")
    told[emission, "2023"] = FigureAnswer(Decimal(95000000))
    office.logout()
    file = office.get(reverse("bulletin:data_file", args=["figures", "json"]))
    edition = Edition.objects.get(pk=draft.pk)
    (row,) = [row for row in file.json()["rows"] if row["figure"] == emission]
    assert (row["value"], row["unit"], row["state"], row["period"]) == ("95421400", "t", "known", "2023")
    assert (row["edition_number"], row["edition_state"], row["digest"]) == (1, "published", edition.digest)
    assert len(file.json()["rows"]) == len(edition.content.lines)


def test_every_data_set_has_its_secret_tried() -> None:
    assert {data_set.code for data_set in data_sets()} == PLANTS.keys() | {"surrender", "figures"}


def test_an_audit_list_is_announced_and_one_that_is_not_public_is_not(office: Client, world: World) -> None:
    here, told = spots(world)[0], {"region": world.province, "published_on": date(2024, 3, 1)}
    with unrecorded():
        here.make(AuditList, **told, title_zh=OPEN, title_en=OPEN, published=True)
        here.make(AuditList, **told, title_zh=SECRET, title_en=SECRET, published=False)
    office.logout()
    for name in ("lists", "all"):
        content = office.get(reverse("bulletin:feed", args=[name, "zh"])).content.decode()
        assert (OPEN in content, SECRET in content) == (True, False)


def test_the_portal_reads_nothing_of_whoever_signed_in(office: Client, world: World) -> None:
    """The same main part for everybody: what surrounds it names the reader."""
    with unrecorded():
        notices(spots(world)[0], world)
    signed_in = office.get(reverse("bulletin:portal")).content.decode().partition('<main id="content">')[2]
    office.logout()
    assert office.get(reverse("bulletin:portal")).content.decode().partition('<main id="content">')[2] == signed_in
