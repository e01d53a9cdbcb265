# Set up, run and check the inspection evidence app with Python 3.11 or later, make and git alone.

PORT ?= 8501
INSPECT_APP_DATABASE ?= sqlite:///var/inspection-evidence.db
export INSPECT_APP_DATABASE

VENV := .venv
BIN := $(VENV)/bin
LOCK_TOOLS := .lock-tools
RUNTIME := $(VENV)/.runtime-installed
TESTING := $(VENV)/.testing-installed
SPARK := $(VENV)/.spark-installed
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# One more worker than processors, because journeys mostly wait for a browser; in their own order,
# so that the long journeys do not begin last.
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
PYTEST_ARGS ?= -n $(WORKERS) --dist loadfile --no-loadscope-reorder
LOCK_ARGS ?=
LOCK := $(LOCK_TOOLS)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-header --no-annotate --python-version 3.11

# The first of these that is new enough and able to make a virtual environment.
SUITABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$each -c '$(SUITABLE)' >/dev/null 2>&1 && echo $$each && break; done)

# The samples are loaded once into each database, and again where a database file has gone; a new
# version of the tables is applied to a database that is there.
DATABASE_FILE := $(patsubst sqlite:///%,%,$(filter sqlite:///%,$(INSPECT_APP_DATABASE)))
SAMPLES := var/.samples-$(shell printf '%s' '$(INSPECT_APP_DATABASE)' | cksum | cut -d ' ' -f 1)
DATABASE_GONE := $(if $(DATABASE_FILE),$(if $(wildcard $(DATABASE_FILE)),,always))

.DEFAULT_GOAL := help
.PHONY: help run install test test-spark test-env lint format browser lock audit sbom clean always

help:  ## show what can be asked for
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' \
		| while IFS='|' read -r name says; do printf '  make %-10s %s\n' "$$name" "$$says"; done

run: $(SAMPLES)  ## install, load the sample inspections and serve the app on PORT (8501)
	$(BIN)/inspect-app serve --port $(PORT)

install: $(RUNTIME)  ## install what the app needs into .venv

test: lint browser  ## install, lint, check types and layers, and run every test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

test-spark: $(SPARK)  ## install Spark too, and run the indicators on it (it needs Java 17)
	$(BIN)/python -m pytest -m spark

test-env: $(TESTING)  ## install what the app and its tests need into .venv

lint: $(TESTING)  ## check style, formatting, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(TESTING)  ## put the code in its standard format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: $(TESTING)  ## find, or else install, the browser that the journeys use
	$(BIN)/python -m tests.support.browser

lock: $(LOCK_TOOLS)/bin/uv  ## work out the locks again (LOCK_ARGS=--upgrade takes newer releases)
	$(LOCK) $(LOCK_ARGS) --group test pyproject.toml --output-file requirements/test.lock
	$(LOCK) --group build --constraints requirements/test.lock pyproject.toml \
		--output-file requirements/runtime.lock
	$(LOCK) --extra spark --constraints requirements/test.lock pyproject.toml \
		--output-file requirements/spark.lock

audit: $(LOCK_TOOLS)/bin/pip-audit  ## ask whether a locked package has a known vulnerability
	$(BIN)/python .ci/audit.py $(LOCK_TOOLS)/bin/pip-audit

sbom: | $(BIN)/python  ## write what the app is made of as CycloneDX, in dist/
	mkdir -p dist
	$(BIN)/python docs/sbom.py dist/inspection-evidence.cdx.json

clean:  ## remove .venv, caches and builds; the database in var/ stays
	rm -rf $(VENV) $(LOCK_TOOLS) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -f var/.samples-*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(SAMPLES): $(DATABASE_GONE) $(wildcard data_model/migrations/versions/*.py) | $(RUNTIME)
	mkdir -p var
	$(BIN)/inspect-app samples
	touch $@

$(RUNTIME): requirements/runtime.lock pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) --require-hashes -r requirements/runtime.lock
	$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	touch $@

$(TESTING): requirements/test.lock pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) --require-hashes -r requirements/test.lock
	$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	touch $@ $(RUNTIME)

$(SPARK): requirements/spark.lock $(TESTING)
	$(PIP_INSTALL) --require-hashes -r requirements/spark.lock
	touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo 'No Python 3.11 or later that can make a virtual environment was found.'; \
		echo 'Install one (on Debian and Ubuntu: python3 and python3-venv), or name yours:'; \
		echo '  make run PYTHON=/path/to/python3.12'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(LOCK_TOOLS)/bin/uv: | $(BIN)/python
	$(BIN)/python -m venv $(LOCK_TOOLS)
	$(LOCK_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check uv

$(LOCK_TOOLS)/bin/pip-audit: | $(LOCK_TOOLS)/bin/uv
	$(LOCK_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
