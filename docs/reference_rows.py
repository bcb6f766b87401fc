"""Which columns of every table the log answers for, and why it leaves out the rest."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from docs.markdown import NOTICE, code, table
from tanzhi.evidence.answered import reason, tables


def page() -> str:
    parts = [
        "# What the log answers for 存证所保证的数据行",
        NOTICE,
        "`tanzhi evidence verify` names every row of these tables that was altered, inserted or deleted behind the "
        "log. All columns count but those named with the reason.",
        table(["Table", "Columns", "Left out, and why"], _answered()),
        "## Tables left out 不作保证的表",
        table(["Table", "Why"], _exempt()),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _models() -> list[type[models.Model]]:
    """Of the program and its libraries; those that tests make up stand on no page."""
    every = apps.get_models(include_auto_created=True)
    return sorted(
        (m for m in every if not m._meta.proxy and not m.__module__.startswith("tests.")),
        key=lambda model: model._meta.db_table,
    )


def _answered() -> list[tuple[str, str, str]]:
    rows = []
    for model in _models():
        if model._meta.db_table in tables():
            answered = tables()[model._meta.db_table]
            left_out = [
                f"{code(str(f.column))}: {reason(model, f)}" for f in model._meta.concrete_fields if reason(model, f)
            ]
            rows.append((code(answered.name), ", ".join(answered.columns), "; ".join(left_out)))
    return rows


def _exempt() -> list[tuple[str, str]]:
    return [(code(m._meta.db_table), reason(m)) for m in _models() if m._meta.db_table not in tables()]
