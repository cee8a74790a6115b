# `make run` and `make test` start from nothing; everything else is for people who work on the product.
# On a path with spaces, as root or not, and from anywhere with `make -C`.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts workflows bench walks db i18n lock assets clean setup-tests
.NOTPARALLEL:

PORT ?= 8000
ARGS ?=
BIN := .venv/bin
BASE_PYTHON := sh tools/python.sh

help: ## say what can be made
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: ## set everything up and serve the demonstration (PORT=8000)
	@$(BASE_PYTHON) -m tools.setup run
	@$(BIN)/python -m tools.serve --port $(PORT)

test: setup-tests ## set everything up and run all tests (ARGS="tests/domain -k lamp")
	@$(BIN)/python -m tools.tests $(ARGS)

check: lint types contracts workflows test ## lint, types, contracts, diagrams, tests

lint: setup-tests ## ruff on the code, djlint on the templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint app/templates --lint --quiet

types: setup-tests ## mypy: strict everywhere
	$(BIN)/mypy

contracts: setup-tests ## import-linter: who may import whom
	$(BIN)/lint-imports --no-logo --no-cache

workflows: db ## check that every diagram parses, is drawn, sound and wired
	$(BIN)/python -m tools.demo flask workflows check

bench: setup-tests ## measure, on SQLite and PostgreSQL (ARGS=...)
	$(BIN)/python -m bench $(ARGS)

walks: setup-tests ## drive ten thousand cases by chance through the services (ARGS=...)
	$(BIN)/python -m bench.walks $(ARGS)

db: setup-tests ## bring the demonstration's database to the newest migration
	$(BIN)/python -m tools.demo flask db upgrade

i18n: setup-tests ## collect the texts and bring the catalogues up to date
	$(BIN)/python -m tools.catalogues

lock: setup-tests ## pin all packages anew, with hashes
	$(BIN)/python -m tools.lock $(ARGS)

assets: ## build scripts and styles
	@$(BASE_PYTHON) -m tools.setup run

clean: ## remove what was built; the demonstration's data stay in instance/
	rm -rf .venv node_modules app/static/dist app/documents/fonts .mypy_cache .ruff_cache .pytest_cache .hypothesis

setup-tests:
	@$(BASE_PYTHON) -m tools.setup test
