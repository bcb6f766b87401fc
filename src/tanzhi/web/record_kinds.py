"""What programs read of programs: service accounts, and what was agreed to them."""

from __future__ import annotations

from tanzhi.presentation.records.kind import DATA, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .hooks.model import HOOK_STATES, WebHook
from .services.model import ACCOUNT_STATES, CONSENT_STATES, ServiceAccount, ServiceConsent

register(
    RecordKind(
        "service_accounts",
        Text("程序账户", "Service accounts"),
        ServiceAccount,
        ("code",),
        (
            "name",
            "organisation",
            RecordField("scopes", DATA),
            RecordField("state", words=ACCOUNT_STATES),
            "opened_at",
            "ends_on",
            "key_issued_at",
            "last_used_at",
            "ended_at",
            "revision",
        ),
    )
)
register(
    RecordKind(
        "service_consents",
        Text("对程序的同意", "Consents to service accounts"),
        ServiceConsent,
        ("account__code", "organisation__code", "pk"),
        (
            "account",
            "organisation",
            RecordField("scopes", DATA),
            RecordField("state", words=CONSENT_STATES),
            "agreed_at",
            "until",
            "withdrawn_at",
            "revision",
        ),
    )
)
register(
    RecordKind(
        "web_hooks",
        Text("事件推送", "Web hooks"),
        WebHook,
        ("account__code", "pk"),
        (
            "account",
            "url",
            RecordField("kinds", DATA),
            RecordField("state", words=HOOK_STATES),
            "added_at",
            "failures",
            "revision",
        ),
    )
)
