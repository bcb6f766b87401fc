"""What disclosure asks of a person: results that are to be made public, claims to answer, a row to look at."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.references import reference
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .deadlines import publication_due, settled_on, unpublished
from .model import CIRCULATED, OPEN, WAITING, DisclosedEmission, EmissionDisclosure

FINAL_RESULTS = Text(
    "{year} 年{sector}：{n} 家核查结果待公开", "{sector}, {year}: verified results of {n} enterprises to be made public"
)
TO_ANSWER = Text("答复商业秘密主张：{name}", "Answer the claim of a secret: {name}")
READ = ("organisation__region", "disclosure__region")
TO_LOOK_AT = Text("核对拟公开的排放量：{name}", "Look at the emission that will be public: {name}")


@register
def results_to_publish(actor: Actor) -> list[Todo]:
    """One line a year and sector, by the first day; it goes when they are in a disclosure, which asks by itself."""
    paths = {grant.region_path for grant in actor.grants if grant.role == "provincial_officer" and grant.region_path}
    form, todos = reverse("presentation:act", args=["verification.prepare_disclosure"]), []
    for region in Region.objects.filter(path__in=paths, kind="province") if paths else ():
        rows = unpublished(region.path)
        sectors: dict[tuple[int, str], list[int]] = {}
        for key, year, sector in rows.values_list("pk", "case__year", "case__organisation__sector"):
            sectors.setdefault((year, sector), []).append(key)
        open_ones = EmissionDisclosure.objects.filter(region=region, state__in=OPEN) if sectors else ()
        pages = {(each.year, each.sector): each.get_absolute_url() for each in open_ones}
        days = settled_on(rows) if sectors else {}
        for (year, sector), keys in sorted(sectors.items()):
            words = FINAL_RESULTS.format(year=year, sector=sector_name(sector), n=len(keys))
            due = publication_due(min(days[key] for key in keys))
            address = pages.get((year, sector), f"{form}?region={region.code}&year={year}&sector={sector}")
            subject = f"verification.disclosures:{region.code}:{year}:{sector}"
            todos.append(Todo(words, subject, due, address, "verification.disclose"))
    return todos


@register
def claims_to_answer(actor: Actor) -> list[Todo]:
    """Claims of secrets in a disclosure that is open, for the officer who prepares it."""
    if "provincial_officer" not in actor.roles:
        return []
    rows = DisclosedEmission.objects.visible_to(actor).filter(WAITING, disclosure__state__in=OPEN)
    return [
        Todo(TO_ANSWER.format(name=row.name), reference(row), None, row.get_absolute_url(), "verification.claim")
        for row in rows.select_related(*READ).prefetch_related("organisation__names")
        if row.disclosure.worked_by(actor)
    ]


@register
def rows_to_look_at(actor: Actor) -> list[Todo]:
    """What will be public of an enterprise, while it may claim a secret and has not."""
    own = {g.organisation_id for g in actor.grants if g.role == "enterprise_approver" and g.organisation_id}
    if not own:
        return []
    rows = DisclosedEmission.objects.filter(
        organisation_id__in=own,
        claimed_at=None,
        disclosure__state=CIRCULATED,
        disclosure__claims_until__gte=clock.today(),
    )
    return [
        Todo(
            TO_LOOK_AT.format(name=row.name), reference(row), row.disclosure.claims_until, row.get_absolute_url(),
            "verification.look",
        )
        for row in rows.select_related(*READ).prefetch_related("organisation__names")
    ]  # fmt: skip
