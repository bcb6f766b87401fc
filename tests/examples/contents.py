"""What the loaded example holds of cross-checks, verifications and energy: run as a program in its installation.

python -m tests.examples.contents OUT
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django


def main(out: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    django.setup()
    from tanzhi.actions.actor import Actor, ActorRole
    from tanzhi.examples import gansu
    from tanzhi.organisations.register.queries import region_by_code
    from tanzhi.streams.verification.cases.model import Verification
    from tanzhi.streams.verification.cross_checks.model import CheckHit
    from tanzhi.streams.verification.disclosure.model import DisclosedEmission
    from tanzhi.streams.verification.energy_comparison.comparison import energy_comparison
    from tanzhi.streams.verification.supervision.measures import bodies_of
    from tanzhi.workflow.findings.model import CaseFinding

    province = region_by_code(gansu.PROVINCE)
    cases = Verification.objects.exclude(organisation__sector="power").order_by("organisation__code")
    power = Verification.objects.filter(organisation__sector="power", year=2023).order_by("organisation__code")
    findings = CaseFinding.objects.filter(case__in=[case.reference for case in power])
    compared = energy_comparison(province, 2023, Actor(None, "", [ActorRole("auditor", None, province.path)]))
    contents = {
        "hits": [list(row) for row in CheckHit.objects.values_list("organisation__code", "code", "state")],
        "stages": [list(row) for row in cases.values_list("filing__form_code", "state")],
        "lines": list(Verification.objects.get(organisation__code="N081").review_lines.values_list("kind", "state")),
        "power": [
            [case.organisation.code, case.latest.conforms, case.latest.reported, case.latest.verified]
            for case in power
            if case.latest
        ],
        "redetermined": sorted(set(power.exclude(redeterminations=None).values_list("organisation__code", flat=True))),
        "findings": list(findings.values_list("case", "state")),
        "public": list(
            DisclosedEmission.objects.filter(disclosure__state="published").values_list(
                "organisation__code", "conforms", "emission"
            )
        ),
        "deadlines": [[body.in_time, body.due] for body in bodies_of(province, 2023)],
        "energy": {row.item: [row.standing, str(row.rest)] for row in compared.rows},
    }
    Path(out).write_text(json.dumps(contents), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
