"""The cross-checks of the example's year, run once, and how far each of the hits is.

Five are there on purpose: a small cogeneration plant that lights its two boilers with much diesel, a cement plant whose
coal has the same tested heat in every month (`industries.COPIED`), and two plants whose other books say more than
their reports (`energy.yaml`).
"""

from __future__ import annotations

from datetime import date

from tanzhi.actions import clock, jobs
from tanzhi.actions.perform import perform
from tanzhi.examples.plants import noon
from tanzhi.streams.verification.cross_checks.model import CheckHit

from .crew import acting

YEAR = 2023
EXPLAINED = {
    ("P11", "PRV-USE"): "机组容量小，全年启停多，点火和助燃用柴油高于同类，有启停记录和领料单（示例）",
    ("S071", "GEN-3"): "205-1 表含外销焦炭，报告只计本厂消耗；附全年收支存明细（示例）",
}


def load() -> None:
    """Run once all reports are in; two plants explain, one hit is set aside, one becomes a clue, one waits."""
    with clock.at(noon(date(2024, 6, 12))):
        job = perform("verification.cross_check", acting("officer"), data={"year": YEAR}).result
        jobs.run(job.pk)
    hits = CheckHit.objects.filter(year=YEAR).select_related("organisation__region")
    with clock.at(noon(date(2024, 6, 19))):
        for (plant, code), answer in EXPLAINED.items():
            for hit in hits.filter(organisation__code=plant, code=code):
                perform("verification.explain_hit", acting(f"{plant.lower()}.head"), hit, {"answer": answer})
    with clock.at(noon(date(2024, 6, 24))):
        opinion = {"opinion": "收支存明细与报告一致，差异为外销部分（示例）"}
        perform("verification.set_hit_aside", acting("officer"), hits.get(organisation__code="S071"), opinion)
    with clock.at(noon(date(2024, 7, 9))):
        clue = {"text": "全年十二个月低位发热量逐位相同，疑未逐月检测（示例）", "risk": "medium"}
        perform("verification.turn_hit_into_clue", acting("officer"), hits.get(code="GEN-6-DIGITS"), clue)
