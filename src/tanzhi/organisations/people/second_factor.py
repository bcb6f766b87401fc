"""One-time codes (TOTP, RFC 6238) and backup codes, on django-otp's devices."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING, Any

import segno
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tanzhi.actions.references import reference
from tanzhi.actions.witness import witnessed

if TYPE_CHECKING:
    from .model import Person

BACKUP_CODES = 8


def is_enabled(person: Person) -> bool:
    """Whether this person must give a one-time code after the password."""
    return bool(TOTPDevice.objects.filter(user=person, confirmed=True).exists())


def newest(person: Person) -> Any:
    """The device that was taken into use last."""
    return TOTPDevice.objects.filter(user=person, confirmed=True).last()


def start(person: Person) -> Any:
    """A new device that counts once its first code was given."""
    TOTPDevice.objects.filter(user=person, confirmed=False).delete()
    return TOTPDevice.objects.create(user=person, name="totp", confirmed=False)


def waiting(person: Person) -> Any:
    """The device that waits for its first code, if there is one."""
    return TOTPDevice.objects.filter(user=person, confirmed=False).last()


def confirm(person: Person, code: str) -> list[str] | None:
    """Take the waiting device into use; gives backup codes, or nothing where the code is wrong."""
    device = waiting(person)
    if device is None or not device.verify_token(code):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    StaticDevice.objects.filter(user=person).delete()
    backup = StaticDevice.objects.create(user=person, name="backup")
    codes = [secrets.token_hex(5) for _ in range(BACKUP_CODES)]
    for backup_code in codes:
        backup.token_set.create(token=backup_code)
    return codes


def disable(person: Person) -> None:
    """No one-time code any more; backup codes end too."""
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()


def device_accepting(person: Person, code: str) -> Any:
    """The confirmed device or backup codes that accept this code, or None; wrong codes slow the device down."""
    for device in devices_for_user(person, confirmed=True):
        if not device.verify_is_allowed()[0]:
            continue
        with witnessed("organisations.backup_code_used", reference(person)):
            accepted = device.verify_token(code)
        if accepted:
            return device
    return None


def picture(device: Any) -> str:
    """The QR code of a device's secret, as SVG."""
    out = io.BytesIO()
    segno.make(device.config_url).save(out, kind="svg", xmldecl=False, scale=5, dark="#1f2a2c", light="#ffffff")
    return out.getvalue().decode()


def secret_text(device: Any) -> str:
    """The secret for typing in, in groups of four."""
    from base64 import b32encode

    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
