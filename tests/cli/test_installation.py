"""What `make` installs is the lock and nothing else: no release that came out since, whatever pip a machine brings.

Offline: a folder stands for the registry. It holds, for each package of the lock, an invented wheel of that version
with the requirements that the real one declares, and a newer release of it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.markers import Marker

ROOT = Path(__file__).parents[2]
# pip as Python 3.11.0 and as Debian 12 ship it; both looked for `x[extra]>=1.0` anew, whatever the lock said of x.
OLD_PIPS = ("22.3", "23.0")
PIN = re.compile(r"^(?P<name>[\w.-]+)(\[[\w, -]+\])?==(?P<version>[^ ;]+)( ; (?P<marker>[^\\]+))? \\$", re.MULTILINE)
BACKEND = '''
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    """Only what pip needs to see the project as installed with its requirements."""
    import tomllib
    project = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))["project"]
    needs = "".join(f"Requires-Dist: {one}\\n" for one in project["dependencies"])
    name = f"{project['name']}-{project['version']}"
    with zipfile.ZipFile(pathlib.Path(folder, f"{name}-py3-none-any.whl"), "w") as wheel:
        head = f"Metadata-Version: 2.1\\nName: {project['name']}\\nVersion: {project['version']}\\n"
        wheel.writestr(f"{name}.dist-info/METADATA", head + needs)
        wheel.writestr(f"{name}.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{name}.dist-info/RECORD", "")
    return f"{name}-py3-none-any.whl"
'''


@dataclass(frozen=True)
class Registry:
    """The folder of invented wheels and the locks that name them by their digests."""

    wheels: Path
    locks: dict[str, str]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    wheels = tmp_path_factory.mktemp("wheels")
    locks = {}
    digests: dict[str, str] = {}
    for name in ("build.txt", "base.txt", "dev.txt"):
        lines = []
        for pin in PIN.finditer((ROOT / "requirements" / name).read_text("utf-8")):
            package, version = pin["name"], pin["version"]
            marker = f" ; {pin['marker']}" if pin["marker"] else ""
            digest = digests.get(f"{package}=={version}")
            if digest is None:
                files = {"setuptools/build_meta.py": BACKEND} if package == "setuptools" else {}
                digest = _wheel(wheels, package, version, _requirements(package), files)
                _wheel(wheels, package, f"{version}.post1", [], {})
            digests[f"{package}=={version}"] = digest
            lines.append(f"{package}=={version}{marker} --hash=sha256:{digest}")
        locks[name] = "\n".join(lines)
    return Registry(wheels, locks)


def _requirements(package: str) -> list[str]:
    """What the real package, if it is installed here, needs; with its extras."""
    try:
        real = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return []
    return [f"{head}: {value}" for head in ("Requires-Dist", "Provides-Extra") for value in real.get_all(head) or ()]


def _wheel(folder: Path, package: str, version: str, heads: list[str], files: dict[str, str]) -> str:
    """Write a wheel; its SHA-256."""
    stem = f"{re.sub(r'[-.]+', '_', package)}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    metadata = "\n".join(["Metadata-Version: 2.1", f"Name: {package}", f"Version: {version}", *heads, ""])
    tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(path, "w") as wheel:
        parts = {f"{stem}.dist-info/METADATA": metadata, f"{stem}.dist-info/WHEEL": tags, **files}
        for name, content in parts.items():
            wheel.writestr(name, content)
        wheel.writestr(f"{stem}.dist-info/RECORD", "".join(f"{name},,\n" for name in parts))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pip_wheel(version: str, folder: Path) -> Path:
    """pip of that version, from the registry: the only thing here that is not made on the spot."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--retries", "1", "--no-deps", "-d", str(folder)]
    if subprocess.run([*command, f"pip=={version}"], check=False).returncode:
        pytest.skip(f"pip {version} cannot be fetched: no registry in reach")
    return folder / f"pip-{version}-py3-none-any.whl"


@pytest.fixture(params=OLD_PIPS)
def checkout(request: pytest.FixtureRequest, tmp_path: Path, registry: Registry) -> Path:
    """The Makefile and the project file beside the invented lock, with a virtual environment that has an old pip."""
    place = tmp_path / "checkout"
    (place / "requirements").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, place)
    for name, lock in registry.locks.items():
        (place / "requirements" / name).write_text(lock, "utf-8")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / ".venv"], check=True)
    [packages] = (place / ".venv/lib").glob("python3*/site-packages")
    with zipfile.ZipFile(pip_wheel(request.param, tmp_path)) as pip:
        pip.extractall(packages)
    return place


def make(checkout: Path, target: str, wheels: Path) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "MAKE"))}
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull, "PIP_NO_COMPILE": "1"}
    command = ["make", "-s", target, f"PYTHON={sys.executable}"]
    return subprocess.run(
        command, cwd=checkout, env=inherited | offline, capture_output=True, text=True, check=False, timeout=300
    )


def installed(checkout: Path) -> dict[str, str]:
    [packages] = (checkout / ".venv/lib").glob("python3*/site-packages")
    return {
        one.metadata["Name"].lower(): one.version
        for one in importlib.metadata.distributions(path=[str(packages)])
        if one.metadata["Name"] not in ("pip", "tanzhi")
    }


def test_an_old_pip_installs_the_lock_though_every_package_has_a_newer_release(
    checkout: Path, registry: Registry
) -> None:
    answer = make(checkout, ".venv/.installed-dev", registry.wheels)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    lock = "".join((ROOT / "requirements" / name).read_text("utf-8") for name in ("build.txt", "dev.txt"))
    here = [pin for pin in PIN.finditer(lock) if not pin["marker"] or Marker(pin["marker"]).evaluate()]
    assert installed(checkout) == {pin["name"]: pin["version"] for pin in here}


@pytest.mark.parametrize("checkout", OLD_PIPS[:1], indirect=True)
def test_a_lock_that_lacks_what_a_package_needs_is_refused(checkout: Path, registry: Registry) -> None:
    [django] = [line for line in registry.locks["base.txt"].splitlines() if line.startswith("django==")]
    (checkout / "requirements/base.txt").write_text(django, "utf-8")
    answer = make(checkout, ".venv/.installed", registry.wheels)
    assert answer.returncode != 0
    assert f"django {django.split()[0].partition('==')[2]} requires asgiref, which is not installed" in answer.stdout
    assert not (checkout / ".venv/.installed").exists()
