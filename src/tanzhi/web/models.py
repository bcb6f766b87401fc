"""The records of this package, for Django."""

from .tokens.model import ApiToken

__all__ = ["ApiToken"]
