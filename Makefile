# Caravan: `make run`, `make test` and `make fix` are all you need; `make help` explains the rest.
SHELL := /bin/sh
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --no-input
ROOMS := bot channels personas marketplace booking payments
CODE := $(ROOMS) $(wildcard app.py bench scripts)
# How many tests run side by side: one more than two cores, for some wait; `make test WORKERS=0` runs them in one process.
WORKERS ?= 3
ARGS ?=

.PHONY: help run test check fix install dev lock env bench story slack soak emulators
.DEFAULT_GOAL := help

help: ## what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: .venv/base.stamp ## start Caravan on http://127.0.0.1:8080 (ARGS="--role web" and the like are passed on)
	@exec $(PY) app.py $(ARGS)

test: check ## everything: format, lint, types, import rules, tests, coverage
	@$(PY) -m tests.servers prepare
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term --cov-fail-under=90 $(ARGS)

check: .venv/dev.stamp ## the quick half of `make test`: format, lint, types, import rules
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy $(CODE)
	.venv/bin/lint-imports --no-logo

fix: .venv/dev.stamp ## format and repair what a machine can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

install: .venv/base.stamp ## the locked environment into .venv (EXTRAS=mongo,redis adds optional parts)
ifdef EXTRAS
	@$(PY) .ci/extras.py $(EXTRAS) > .venv/extras.txt
	@$(PIP) -r .venv/extras.txt -c requirements-dev.lock
endif

dev: .venv/dev.stamp ## the locked environment with everything the tests need

bench: .venv/dev.stamp ## measure the bars of message, start and memory against a bare handler
	@exec $(PY) -m bench $(ARGS)

story: .venv/dev.stamp ## tell the story of a group into docs/transcript.txt (ARGS="--city Lisbon --origin Madrid")
	$(PY) -m tests.stories.tell $(ARGS) > docs/transcript.txt

slack: .venv/base.stamp ## print the manifest of the Slack app (ARGS=https://your.address or ARGS=socket)
	@$(PY) -m scripts.slack_manifest $(ARGS)

emulators: .venv/dev.stamp ## Telegram, Slack, Discord, Twilio and another messenger on this machine, to play with
	@exec $(PY) -m tests.emulators

soak: .venv/dev.stamp ## the long counts: kills, histories, interleavings
	@exec $(PY) -m bench.soak $(ARGS)

env: ## write .env with a random SECRET_KEY for docker compose (kept if there is one)
	@sh .ci/env

lock: .venv/dev.stamp ## resolve pyproject.toml again into the two lock files (ARGS=--upgrade for newer versions)
	$(PIP) uv
	@sh .ci/lock $(ARGS)

.venv/bin/python:
	@sh .ci/venv

.venv/base.stamp: requirements.lock .venv/bin/python
	@echo "Installing what Caravan needs into .venv (once)"
	@$(PIP) --no-deps -r requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/bin/python
	@echo "Installing what the tests need into .venv (once)"
	@$(PIP) --no-deps -r requirements-dev.lock
	@touch .venv/base.stamp $@
