# Two targets are all a newcomer needs: `make demo` and `make test`. Neither needs root, apt, Docker or Node.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SERVE  ?= 1
PORT   ?= 8000
PYTEST ?= -n auto --dist loadgroup

.PHONY: demo test lint format bench reliability mutants docs shape lock clean

demo: $(VENV)/.installed
	$(BIN)/tanzhi demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,--serve)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/djlint --lint --quiet src

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench

# What holds when things break, in full: docs/development/reliability.md
reliability: $(VENV)/.installed-dev
	TANZHI_GUIDE=1 $(BIN)/python -m pytest -n 0 tests/cli/test_back_up_guide.py
	PYTHONPATH=src $(BIN)/python -m tests.reliability --write

# The law with one thing wrong at a time, and whether a test notices: docs/development/mutants.md
mutants: $(VENV)/.installed-dev
	PYTHONPATH=src $(BIN)/python -m tests.mutation --write

# The shape of the code beside 0.1.0's, in figures: docs/development/style.md
shape: $(VENV)/.installed-dev
	$(BIN)/python -m docs.shape

docs: $(VENV)/.installed-dev
	$(BIN)/python -m docs.generate

# Extras stay in the lock (x[extra]==1.0), so that an installer that resolves for itself needs nothing beside it.
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-annotate --no-header
lock:
	$(LOCK) pyproject.toml -o requirements/base.txt
	$(LOCK) pyproject.toml --extra dev -c requirements/base.txt -o requirements/dev.txt
	sed -n '/^\[build-system\]/,/^\[project\]/s/^requires = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(LOCK) - -o requirements/build.txt

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tanzhi needs Python 3.11 or newer / 碳治需要 Python 3.11 或更高版本"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (Debian, Ubuntu: package python3-venv) / 缺少 venv 模块"; exit 1; }

# The lock names everything, so nothing is resolved here: without --no-deps an old pip would look for x[extra]>=1.0 anew
# and take whatever came out since. `pip check` then says what the lock lacks. The build backend is locked likewise.
PIP := $(BIN)/python -m pip
define INSTALL
$(PIP) install -q --no-deps --require-hashes -r requirements/build.txt -r $(1)
$(PIP) install -q --no-deps --no-build-isolation -e .
$(PIP) check
@touch $@
endef

$(VENV)/.installed: $(BIN)/python requirements/base.txt requirements/build.txt pyproject.toml
	$(call INSTALL,requirements/base.txt)

$(VENV)/.installed-dev: $(BIN)/python requirements/dev.txt requirements/build.txt pyproject.toml
	$(call INSTALL,requirements/dev.txt)
	@touch $(VENV)/.installed
