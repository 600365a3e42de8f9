# Everything runs in .venv, which the first target builds from requirements.lock: with uv where there is one, else with pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint lock clean help

help:  ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info[:2] <= (3, 13); ok or sys.exit(f"feedmill needs Python 3.11, 3.12 or 3.13; {sys.executable} is {sys.version.split()[0]}. Name another one: make PYTHON=python3.12 ...")'
	@echo "setting up $(VENV) (once)"
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV) && \
		uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
		$(PYTHON) -m venv --clear $(VENV) && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

demo: $(STAMP)  ## the whole pipeline on the bundled newsroom: no server, no network
	@$(BIN)/feedmill demo

test: $(STAMP)  ## every test; says what was skipped and why
	@$(BIN)/python -m pytest

lint: $(STAMP)  ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock:  ## renew requirements.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:  ## remove the environment and what the tools left
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
