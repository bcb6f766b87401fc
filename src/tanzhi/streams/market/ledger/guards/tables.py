"""What the ledger's triggers guard, on either database."""

from __future__ import annotations

KEPT = ("registry_command", "registry_transfer", "registry_entry")
"""Tables whose rows are never changed nor deleted."""
ACCOUNT = ("number", "region_id", "organisation_id", "kind", "parent_id", "purpose", "floor", "opened_at")
BLOCK = ("unit_id", "account_id", "first", "last", "since_id")
