"""The records of this package, for Django."""

from .preferences.model import SavedView, Seen

__all__ = ["SavedView", "Seen"]
