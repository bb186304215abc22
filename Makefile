# One way to do each thing, for people and for CI. `make help` lists them.

PYTHON3 ?= python3
BIN := .venv/bin
PARTS := unit contract architecture integration
# a tier nobody has written yet is no error
tier = $(wildcard $(addprefix tests/,$(1)))

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests lock run test test-parts test-unit test-contract test-integration test-e2e check generate audit-ui pictures faults bench numbers clean-state clean

help: ## show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 20

setup: ## make this machine ready: system packages, .venv, requirements
	@$(PYTHON3) -m deploy.local.setup

setup-tests: ## make this machine ready for every test: also a browser and a mailbox
	@$(PYTHON3) -m deploy.local.setup --tests

lock: setup ## choose versions anew and write them with their hashes
	@# one lock for every Python we support; without addresses, so that any mirror may serve it
	$(BIN)/uv pip compile $(LOCK) --output-file requirements/runtime.txt
	$(BIN)/uv pip compile $(LOCK) --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

LOCK := --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url --no-header pyproject.toml

run: setup ## start everything on this machine, until Ctrl-C
	@exec $(BIN)/python -m deploy.local.run

test: setup-tests ## run every test that needs no cluster, the whole product beside its parts
	@$(MAKE) --jobs=2 --keep-going --output-sync=target test-parts test-e2e

test-parts: setup-tests ## run the tests of everything but the whole product
	$(BIN)/pytest $(call tier,$(PARTS))

test-unit: setup ## run the tests that need no server
	$(BIN)/pytest $(call tier,unit architecture)

test-contract: setup ## run the tests of what services say to each other
	$(BIN)/pytest $(call tier,contract)

test-integration: setup-tests ## run the tests against a real broker and database
	$(BIN)/pytest $(call tier,integration)

test-e2e: setup-tests ## run the tests of the whole product
	$(BIN)/pytest $(call tier,e2e)

check: setup ## lint, format, types, who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

generate: setup ## write schemas, definitions and docs from the contracts
	$(BIN)/terbuka generate

audit-ui: setup-tests ## look at every page with axe in four modes, and measure the main ones with Lighthouse
	$(BIN)/python -W ignore -m tests.audit

pictures: setup-tests ## draw the main pages for the README
	$(BIN)/python -W ignore -m tests.audit.pictures

faults: setup ## kill, stop and starve parts of a running stack, and look for losses
	$(BIN)/python -W ignore -m tests.faults

bench: setup ## measure against the naive way, on this machine, and write docs/performance.md
	$(BIN)/python -W ignore -m tests.performance

numbers: setup ## register 10,000 requests from 50 counters at once, and look for a gap or a double
	$(BIN)/python -W ignore -m tests.performance.numbering

clean-state: ## stop the local stack and forget everything it kept
	@test ! -x $(BIN)/python || $(BIN)/python -m deploy.local.clean

clean: clean-state ## remove everything that was made here
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage *.egg-info
