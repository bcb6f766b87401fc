"""Which columns the log answers for: all of every table, but those that stand here with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from django.apps import apps
from django.db import connection, models

# An app, a model, or a column of a model. What figures, rights, the books or publications rest on may not stand here.
EXEMPT = {
    "evidence": "the log itself, its heads, nodes, files and digests: `tanzhi evidence verify` recomputes each",
    "evidence.Upload": "whose a file is until it is attached; what is attached stands in the record's own row",
    "contenttypes": "Django's list of model names: made anew by every migration, read by no rule",
    "auth": "Django's groups and permissions: no code of ours asks them, rights are grants",
    "sessions": "who is signed in at the moment: made and ended by every visit, gone after eight hours",
    "axes": "failed attempts at signing in: counted by anonymous requests, gone after the cooling-off",
    "django_tasks_database": "the queue of the worker: what a job changed is recorded by the job's own acts",
    "presentation.SavedView": "how somebody likes to see a list",
    "presentation.SearchTerm": "the words of other records, made anew from them at any time",
    "presentation.Seen": "which hints somebody has closed",
    "organisations.Person.last_login": "written by every sign-in; whether somebody may sign in rests on other columns",
    "otp_totp.TOTPDevice.throttling_failure_timestamp": "slows guessing down: written by every wrong code",
    "otp_totp.TOTPDevice.throttling_failure_count": "slows guessing down: written by every wrong code",
    "otp_totp.TOTPDevice.last_used_at": "written by every use of the device",
    "otp_totp.TOTPDevice.last_t": "the last code used: written by every use of the device",
    "otp_totp.TOTPDevice.drift": "how far the device's clock is off: written by every use of the device",
    "otp_static.StaticDevice.throttling_failure_timestamp": "slows guessing down: written by every wrong code",
    "otp_static.StaticDevice.throttling_failure_count": "slows guessing down: written by every wrong code",
    "otp_static.StaticDevice.last_used_at": "written by every use of the device",
    "organisations.Tally": "how often somebody tried lately: counted by anonymous requests, gone with its window",
    "web.Delivery": "what was sent to a program, and when: an event is read anew by its number",
    "web.WebHook.position": "how far a hook has come: written with every round",
    "web.WebHook.failures": "how often a hook failed in a row: its disabling is an act",
    "web.WebHook.retry_at": "when a failing hook is tried again",
    "web.ActEvent": "what programs are told of acts: the entry that it names says what happened",
    "web.ServiceAccount.last_used_at": "when a program's key was used last: noted every few minutes",
    "actions.WorkerBeat": "which worker processes are alive: written every few seconds; at worst a job is run again",
    "actions.Job.worker": "which process has a job at the moment",
    "actions.Job.attempts": "how often a job was begun: what it changed is recorded by its own acts",
    "actions.Job.state": "how far a job is: what it changed is recorded by its own acts",
    "actions.Job.progress": "how far a job is",
    "actions.Job.total": "how far a job is",
    "actions.Job.message": "what the page says of a job at work",
    "actions.Job.result": "what the page says of a job that ended",
    "actions.Job.started_at": "how far a job is",
    "actions.Job.ended_at": "how far a job is",
}


@dataclass(frozen=True, slots=True)
class AnsweredTable:
    """A table that the log answers for: its key, and its columns in the order of their names, as they are digested."""

    name: str
    label: str
    key: str
    columns: tuple[str, ...]

    def place(self, row: int) -> str:
        """How a finding names a row."""
        return f"{self.label}:{row}"


def reason(model: type[models.Model], field: models.Field[object, object] | None = None) -> str:
    """Why the log does not answer for a model or one of its columns; empty: it does."""
    label = model._meta.label
    named = [*([f"{label}.{field.name}"] if field is not None else []), label, model._meta.app_label]
    return next((EXEMPT[name] for name in named if name in EXEMPT), "")


@cache
def tables() -> dict[str, AnsweredTable]:
    """Every table that the log answers for, by its name and in its order."""
    present = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or reason(model):
            continue
        if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField | models.OneToOneField):
            raise TypeError(f"{model._meta.label}: the log answers for rows with a number as their key")
        columns = tuple(sorted(str(f.column) for f in model._meta.concrete_fields if not reason(model, f)))
        table = AnsweredTable(model._meta.db_table, model._meta.label_lower, str(model._meta.pk.column), columns)
        present[table.name] = table
    return dict(sorted(present.items()))


def stored_tables() -> dict[str, AnsweredTable]:
    """The same as the database has them now: before a migration, with the columns that the last release digested."""
    present = {}
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for table in tables().values():
            if table.name in existing:
                described = connection.introspection.get_table_description(cursor, table.name)
                fields = apps.get_model(table.label)._meta.concrete_fields
                columns = tuple(
                    sorted(
                        {column.name for column in described}
                        - ({str(field.column) for field in fields} - set(table.columns))
                    )
                )
                present[table.name] = replace(table, columns=columns)
    return present
