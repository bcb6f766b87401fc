"""Reading YAML, quickly: by libyaml where PyYAML was built with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a file of ours says."""
    return yaml.load(path.read_text("utf-8"), LOADER)  # noqa: S506  # either loader is a safe one
