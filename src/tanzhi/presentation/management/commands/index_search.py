"""Makes the index of words anew, after records were written past the application."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tanzhi.presentation.search_writing import index_all


class Command(BaseCommand):
    help = "重建查找索引 / makes the index of the search anew"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(index_all()))
