"""Whether anything was done between an examination before the lock and the lock.

Where one writes at a time (SQLite), the numbers of acts are in the order in which they ended, so that none can slip in
under a lower one, and what was examined before still holds if no later act concerns it. Where several write at a time
(PostgreSQL) an act that began earlier may end later: there every examination is made again under the lock.
"""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Q

from tanzhi.evidence.log import ONE_WRITER

from .models import Performed


def latest_act() -> int | None:
    """The number of the act that ended last; None where the numbers do not tell."""
    if connection.vendor not in ONE_WRITER:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max("id") FROM "{Performed._meta.db_table}"')  # noqa: S608  # a name of our own
        return cursor.fetchone()[0] or 0


def nothing_but_others(record: models.Model, organisation_id: int, since: int | None) -> bool:
    """Whether all acts since then were done to such records of other organisations, and to nothing else.

    The act that asks stands among them already where it has a key; it has no outcome yet, as no other has.
    """
    if since is None:
        return False
    if latest_act() == since:
        return True
    others = Q(subject__startswith=f"{record._meta.label_lower}:") & ~Q(organisation_id=organisation_id)
    of_others = others & Q(organisation_id__isnull=False)
    return not Performed.objects.filter(pk__gt=since).exclude(of_others).exclude(outcome={}).exists()
