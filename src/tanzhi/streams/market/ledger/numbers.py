"""Account numbers with two check digits (ISO 7064 MOD 97-10, as in an IBAN): province, kind, serial, check."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"([0-9A-Z]{2})-(\d{3})-(\d{6})-(\d{2})")


def check_digits(text: str) -> int:
    """98 − (digits‖00) mod 97; a letter counts as its place in the alphabet from 10 on."""
    digits = "".join(str(int(character, 36)) for character in text)
    return 98 - int(digits + "00") % 97


def account_number(province: str, kind: int, serial: int) -> str:
    """For example 62-100-000012-47."""
    body = f"{province[:2].upper()}{kind:03d}{serial:06d}"
    return f"{body[:2]}-{body[2:5]}-{body[5:]}-{check_digits(body):02d}"


def is_account_number(written: str) -> bool:
    """Whether the form fits and the check digits are right: a slip of the pen is caught before anybody is credited."""
    match = _WRITTEN.fullmatch(written.strip().upper())
    return match is not None and check_digits("".join(match.groups()[:3])) == int(match[4])
