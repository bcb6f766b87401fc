"""A version of an installation's lists of codes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse

from tanzhi.rulebook.kernel.text import Text

from .code_lists import LISTS, ListChanges, ListEntry, forget
from .installation.version import DatedVersion


class ListsVersion(DatedVersion):
    """What an installation has otherwise in its lists, by the list's code."""

    title = Text("代码表", "Code lists")

    class Meta(DatedVersion.Meta):
        pass

    def changes(self, code: str) -> ListChanges:
        return ListChanges.model_validate(self.overlay.get(code, {}))

    @property
    def content(self) -> dict[str, tuple[ListEntry, ...]]:
        return {code: each.entries(self.changes(code)) for code, each in LISTS.items()}

    def taken_again(self, overlay: dict[str, Any]) -> dict[str, Any]:
        """An earlier version with the entries that came after it, retired: records may bear their codes."""
        result = dict(overlay)
        for name in type(self).latest().overlay:
            changes, later = ListChanges.model_validate(overlay.get(name, {})), type(self).latest().changes(name)
            shipped = LISTS[name].shipped if name in LISTS else {}
            retired = {
                code: entry.model_copy(update={"retired": True})
                for code, entry in later.entries.items()
                if code not in changes.entries and code not in shipped
            }
            if retired:
                entries = changes.model_copy(update={"entries": changes.entries | retired})
                result[name] = entries.model_dump(mode="json", exclude_defaults=True)
        return result

    def get_absolute_url(self) -> str:
        return reverse("cases:lists_version", args=[self.pk])


post_save.connect(forget, sender=ListsVersion, dispatch_uid="code_lists")
