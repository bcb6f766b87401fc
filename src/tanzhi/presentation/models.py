"""The records of this package, for Django."""

from .preferences.model import SavedView, Seen
from .search_index.model import SearchTerm

__all__ = ["SavedView", "SearchTerm", "Seen"]
