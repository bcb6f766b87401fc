"""The only writers of this room: an inventory's table, from compiling to publication."""

from .workflow import INVENTORY

__all__ = ["INVENTORY"]
