"""A pytest plug-in: which tests run which line of the rulebook or of `law`, and which ask which parameter, in one file.

`TANZHI_RECORD` names the file, `TANZHI_RECORDED` the folder below the package. What runs while modules are imported
belongs to no test: a change there is tried on all that run anything of its file.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import coverage
import pytest

from tests.mutation.changes import SOURCE
from tests.mutation.trying import quick


class Recorder:
    def __init__(self, file: Path, folder: Path) -> None:
        self.file = file
        self.coverage = coverage.Coverage(data_file=None, source=[str(folder)], config_file=False)
        self.parameters: dict[str, set[str]] = defaultdict(set)
        self.seconds: dict[str, float] = {}
        self.test = ""

    def begin(self) -> None:
        self.coverage.start()
        from tanzhi.rulebook.kernel import entries

        recorder, find = self, entries.Parameter.find

        def noted(parameter: entries.Parameter, *arguments: Any, **keywords: Any) -> Any:
            recorder.parameters[f"{parameter.file} {parameter.name}"].add(recorder.test)
            return find(parameter, *arguments, **keywords)

        mock.patch.object(entries.Parameter, "find", noted).start()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        quick(items)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.test = item.nodeid
        self.coverage.switch_context(item.nodeid)
        begun = time.process_time()
        yield
        self.seconds[item.nodeid] = time.process_time() - begun

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            str(Path(file).relative_to(SOURCE)): {
                str(line): [context for context in contexts if context]
                for line, contexts in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        parameters = {name: sorted(test for test in tests if test) for name, tests in self.parameters.items()}
        self.file.write_text(json.dumps({"lines": lines, "parameters": parameters, "seconds": self.seconds}))


def pytest_configure(config: pytest.Config) -> None:
    recorder = Recorder(Path(os.environ["TANZHI_RECORD"]), SOURCE / os.environ["TANZHI_RECORDED"])
    recorder.begin()
    config.pluginmanager.register(recorder)
