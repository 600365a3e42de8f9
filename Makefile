# Everything runs in .venv, built from requirements.lock; what only tests need is added from requirements-dev.lock. With uv where there is one,
# else with pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.installed
TESTS := $(VENV)/.installed-dev
BENCH := .venv-bench
OPPONENTS := $(BENCH)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
UV := uv pip install --quiet --python $(BIN)/python --no-deps
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: demo test lint lock opponents bench bench-quick clean help

help:  ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(RUNS): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info[:2] <= (3, 13); ok or sys.exit(f"feedmill needs Python 3.11, 3.12 or 3.13; {sys.executable} is {sys.version.split()[0]}. Name another one: make PYTHON=python3.12 ...")'
	@echo "setting up $(VENV) (once)"
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV) && \
		$(UV) --require-hashes -r requirements.lock && $(UV) --no-build-isolation -e . ; \
	else \
		$(PYTHON) -m venv --clear $(VENV) && \
		$(PIP) --require-hashes -r requirements.lock && $(PIP) --no-build-isolation -e . ; \
	fi
	@touch $@

$(TESTS): $(RUNS) requirements-dev.lock
	@echo "adding what tests need (once)"
	@if command -v uv >/dev/null 2>&1; then $(UV) --require-hashes -r requirements-dev.lock ; else $(PIP) --require-hashes -r requirements-dev.lock ; fi
	@touch $@

demo: $(RUNS)  ## the whole pipeline on the bundled newsroom: no server, no network
	@$(BIN)/feedmill demo

test: $(TESTS)  ## every test; says what was skipped and why
	@$(BIN)/python -m pytest --numprocesses=auto

lint: $(TESTS)  ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

$(OPPONENTS): requirements-bench.lock
	@echo "setting up $(BENCH), with what the benchmarks compare with (once)"
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(BENCH) && \
		uv pip install --quiet --python $(BENCH)/bin/python --no-deps --require-hashes -r requirements-bench.lock ; \
	else \
		$(PYTHON) -m venv --clear $(BENCH) && \
		$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock ; \
	fi || echo "not installed: those opponents are skipped"
	@touch $@

opponents: $(OPPONENTS)  ## the environment of what the benchmarks compare with

bench: $(RUNS) $(OPPONENTS)  ## what a run costs, against four others, by stage, in memory; a quarter of an hour
	@PYTHON=$(BIN)/python sh benchmarks/all.sh

bench-quick: $(RUNS) $(OPPONENTS)  ## the same on few pages; two or three minutes, rough
	@PYTHON=$(BIN)/python sh benchmarks/all.sh quick

lock:  ## renew all locks (needs uv)
	$(COMPILE) --extra build --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --group bench --no-annotate --output-file requirements-bench.lock

clean:  ## remove the environment and what the tools left
	rm -rf $(VENV) $(BENCH) .pytest_cache .mypy_cache .ruff_cache .hypothesis
