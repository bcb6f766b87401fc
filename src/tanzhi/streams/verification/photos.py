"""Whether a stored file is a picture: by its first bytes, since what a device says of it proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.files import open_stored
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD_BYTES = 12
MOST_PHOTOS = 20
NO_PHOTO = Text(
    "摘要为 {found} 的文件不是照片（JPEG、PNG、WebP、HEIC）",
    "the file under {found} is no photo (JPEG, PNG, WebP, HEIC)",
)


def is_photo(head: bytes) -> bool:
    """By the first twelve bytes of a file."""
    beginnings = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
    return head.startswith(beginnings) or head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def refuse_no_photo(digests: Iterable[str]) -> None:
    """Refuse stored files that are no pictures."""
    for digest in digests:
        with open_stored(digest) as file:
            head = file.read(HEAD_BYTES)
        if not is_photo(head):
            raise Refused("VER-PHOTO", NO_PHOTO.format(found=digest), 422)
