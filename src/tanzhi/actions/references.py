"""Names for records ("filings.filing:12") and digests of what was asked: canonical, so that equal means equal."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from pydantic import BaseModel

from .retrieval import one_of
from .typed import whole


def reference(record: Model | None) -> str:
    """`app.model:pk`; empty for no record."""
    return f"{record._meta.label_lower}:{record.pk}" if record is not None else ""


def entry_reference(number: int) -> str:
    """The reference of an entry of the log, which may not be written yet."""
    return f"evidence.entry:{number}"


def resolve(ref: str) -> Model | None:
    """The record behind a reference, or None if it is gone."""
    label, _, words = ref.partition(":")
    key = whole(words)
    try:
        return one_of(row_by_key, key, about=(apps.get_model(label),)) if key is not None else None
    except (LookupError, ValueError):
        return None


def row_by_key(key: int, model: type[Model]) -> QuerySet[Model]:
    return model._base_manager.order_by("pk").filter(pk=key)


def plain(value: Any) -> Any:
    """A value as JSON that evidence accepts: numbers that are no integers become strings, records references."""
    if isinstance(value, BaseModel):
        return plain(value.model_dump())
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, Model):
        return reference(value)
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def digest(*parts: Any) -> str:
    """SHA-256 over the canonical JSON of the parts."""
    text = json.dumps(plain(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
