"""The records of this package, for Django."""

from .events.model import ActEvent
from .hooks.model import Delivery, WebHook
from .services.model import ServiceAccount, ServiceConsent
from .tokens.model import ApiToken

__all__ = ["ActEvent", "ApiToken", "Delivery", "ServiceAccount", "ServiceConsent", "WebHook"]
