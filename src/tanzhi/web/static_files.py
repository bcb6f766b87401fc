"""Style sheets and scripts under the digest of their content, so that a browser asks for each once and keeps it."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class DigestedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """What `tanzhi serve` has collected; where nothing is collected (commands, tests) a file has its plain name."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
