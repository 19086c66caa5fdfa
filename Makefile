# Everything a person or CI runs. Needs make, and Python 3.11 or later with venv; all else is installed into .venv and
# node_modules.

STAGE ?= dev
CONFIG ?= hookline.yaml
PYTHON ?= python3

BIN := .venv/bin
# Node too comes from here: what the machine has is not used.
export PATH := $(CURDIR)/$(BIN):$(PATH)
SOURCES := app.py infrastructure functions hookline tests benchmarks
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

.PHONY: help setup up test check static sdks synth deploy providers-page conformance-page lock clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.packages node_modules/.installed  ## install everything that is pinned, once

up: setup  ## run the gateway on this machine, until Ctrl-C
	@exec $(BIN)/hookline up $(if $(PORT),--port $(PORT)) --config $(CONFIG)

test: setup static sdks  ## everything: ruff, mypy, all tests
	$(BIN)/pytest -n auto --dist loadgroup

check: setup static sdks  ## ruff, mypy and the tests that take seconds
	$(BIN)/pytest -n auto --dist loadgroup --ignore tests/e2e --ignore tests/integration

static: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES)

sdks: tests/sdks/.venv/.packages $(if $(wildcard tests/sdks/package.json),tests/sdks/node_modules/.installed)  ## install the providers' own SDKs, which the tests ask

synth: setup  ## the template: make synth STAGE=prod
	$(BIN)/cdk synth --quiet -c stage=$(STAGE) -c config=$(CONFIG)

deploy: setup  ## onto AWS, with the credentials in force: make deploy STAGE=prod
	@$(BIN)/hookline deploy --stage $(STAGE) --config $(CONFIG)

providers-page: setup  ## docs/providers.md, from the literals
	$(BIN)/python -m hookline.providers_page

conformance-page: setup  ## docs/conformance.md, from the tables of SDKs
	$(BIN)/python -m tests.conformance.conformance_page

lock: setup  ## bring the lock files in line with pyproject.toml, package.json and the emulator
	printf 'hatchling\n' | $(COMPILE) pyproject.toml - --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	grep '^ministack==' requirements-emulator.txt | tr -d ' \\' | $(COMPILE) - --output-file requirements-emulator.txt
	$(COMPILE) tests/sdks/requirements.in --output-file tests/sdks/requirements.txt
	$(BIN)/npm install --package-lock-only --loglevel=error
	$(if $(wildcard tests/sdks/package.json),cd tests/sdks && npm install --package-lock-only --ignore-scripts --loglevel=error)

clean:  ## remove all that was made, but not what is in your account
	rm -rf tests/sdks/.venv tests/sdks/node_modules .venv node_modules .hookline .build cdk.out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is the time of the last installation: a second run costs nothing.

.venv/bin/uv:
	@for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Hookline needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) -V 2>/dev/null || echo missing):" \
			"install it, or name it with make PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "$$found has no venv module: install it (Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; \
	fi; \
	echo "making .venv with $$("$$found" -V)"; \
	"$$found" -m venv .venv
	@awk '/^[^ ]/ {wanted = /^uv==/} wanted' requirements.txt > .venv/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@touch $@

.venv/.packages: .venv/bin/uv requirements.txt requirements-dev.txt pyproject.toml
	@echo "installing the Python packages"
	@uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt -r requirements-dev.txt
	@uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.installed: .venv/.packages package.json package-lock.json .npmrc
	@echo "installing the CDK's command line"
	@npm ci --no-audit --no-fund --loglevel=error --no-progress > .venv/npm.log 2>&1 || { cat .venv/npm.log >&2; exit 1; }
	@ln -sf ../../node_modules/.bin/cdk $(BIN)/cdk
	@touch $@

tests/sdks/.venv/.packages: .venv/.packages tests/sdks/requirements.txt
	@echo "installing the providers' SDKs for Python"
	@uv venv --quiet --clear --python $(BIN)/python tests/sdks/.venv
	@uv pip install --quiet --python tests/sdks/.venv/bin/python --require-hashes \
		--build-constraints tests/sdks/requirements.txt -r tests/sdks/requirements.txt
	@touch $@

# What an SDK would run when it is installed has no part in a verification.
tests/sdks/node_modules/.installed: node_modules/.installed tests/sdks/package.json tests/sdks/package-lock.json
	@echo "installing the providers' SDKs for Node"
	@cd tests/sdks && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --no-progress > .npm.log 2>&1 || { cat .npm.log >&2; exit 1; }
	@touch $@
