"""Files by the digest of their content: written once, never overwritten, durable before the row that names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from .models import StoredFile, Upload

_CHUNK = 1 << 20


def place_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class StoredContent:
    """What lies durably in its place; no row names it before `name_content` does."""

    sha256: str
    size: int


def store(file: IO[bytes]) -> StoredFile:
    """Keep a file; the same content twice is one file. What it is called is said where it is attached."""
    return name_content(write_content(file))


def write_content(file: IO[bytes]) -> StoredContent:
    """Write a file to its place: a disk takes long over it, so whoever locks rows does it before."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as waiting:
        try:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                waiting.write(chunk)
            waiting.flush()
            os.fsync(waiting.fileno())
            _settle(Path(waiting.name), place_of(digest.hexdigest()))
        except BaseException:  # a full disk, a broken upload: nothing stays behind
            Path(waiting.name).unlink(missing_ok=True)
            raise
    return StoredContent(digest.hexdigest(), size)


def name_content(content: StoredContent) -> StoredFile:
    """The row of a content that was written."""
    stored, _ = StoredFile.objects.get_or_create(sha256=content.sha256, defaults={"size": content.size})
    return stored


def receive(file: IO[bytes], name: str, media_type: str, person_id: int = 0) -> Upload:
    """Keep what somebody hands in. It is his: a digest that is known from elsewhere opens nothing."""
    return Upload.objects.create(file=store(file), person_id=person_id, name=name[:255], media_type=media_type[:100])


def upload_of(sha256: str, people: Iterable[int]) -> Upload | None:
    """The newest upload of a content by one of these people, or by the installation itself."""
    own = Upload.objects.filter(file__sha256=sha256, person_id__in={0, *people})
    return own.select_related("file").first()


def _settle(waiting: Path, place: Path) -> None:
    """Rename into place, and make the renaming itself durable."""
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(waiting, place)
    folder = os.open(place.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def open_stored(sha256: str) -> IO[bytes]:
    return place_of(sha256).open("rb")
