# fieldledger: `make publish` and `make test` set up everything they need.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READERS ?= .venv-readers
export DAGSTER_DISABLE_TELEMETRY := yes

.DEFAULT_GOAL := help
.PHONY: style types help setup publish test soak readers browser lint dev bench sample codebook lock docs clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(READY) ## Set up the environment from requirements.lock (all other targets do it when needed)

# uv, at the version and hash in the lock, installs in seconds what takes pip minutes; where it cannot reach the
# package index as it is set up for pip, pip does the same work from the same lock. Either compiles what it installs:
# a first call that does it instead takes seconds longer, and where Python may not write, so does every call.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"fieldledger needs Python 3.11 or newer, this is {v.major}.{v.minor}: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) from requirements.lock ..."
	@awk '/^uv==/ {on=1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.lock
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --no-deps --require-hashes -r requirements.lock \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

publish: $(READY) ## Run all stages on the bundled sample: package and briefings under data/
	@$(BIN)/fieldledger run

# Types and layers are checked while the tests run: the type checker alone would leave a processor idle.
# Where the environment forbids Python to keep what it compiled, each of the many processes of tests would compile it anew.
test: $(READY) ## Lint, types, layers and all tests
	@$(MAKE) --no-print-directory style
	@said=$$(mktemp); $(MAKE) --no-print-directory types > $$said 2>&1 & typed=$$!; \
		POLARS_MAX_THREADS=1 env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -q -n 2 --dist loadgroup; tested=$$?; \
		wait $$typed; typed=$$?; cat $$said; rm -f $$said; exit $$((tested || typed))

soak: $(READY) ## What make test does to disk and publishers in samples, in full: every fault, 1,000 kills; some minutes
	SOAK=1 $(BIN)/pytest -q -s -n 0 tests/release/test_faults.py tests/release/test_kills.py tests/release/test_mutations.py tests/drills/test_killed.py

readers: $(READERS)/.ready ## Read a release with programs of others: Croissant, DuckDB, pandas, HXL ...; set up apart from ours
	$(BIN)/pytest -q -n 0 tests/release/test_readers.py

# The newest Python at hand: check-datapackage needs 3.12.
$(READERS)/.ready: requirements-readers.lock $(READY)
	@for p in python3.14 python3.13 python3.12 $(PYTHON); do $$p -c "" 2>/dev/null && break; done; $$p -m venv $(READERS)
	@$(BIN)/uv pip install -q --python $(READERS)/bin/python --no-deps --require-hashes -r $< \
		|| $(READERS)/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

browser: tests/browser/node_modules/.ready ## Set up the HTML checker of tests/browser (npm, Java); Chromium is the system's own

tests/browser/node_modules/.ready: tests/browser/package-lock.json
	@npm ci --silent --ignore-scripts --no-audit --no-fund --prefix tests/browser
	@touch $@

lint: style types ## Only lint, types and layers

style: $(READY)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

types: $(READY)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache | tail -n 4

dev: $(READY) ## Dagster's UI with all assets on http://127.0.0.1:3000
	@$(BIN)/fieldledger dev

bench: $(READY) ## Measure speed and memory into bench/; ARTICLES=file.jsonl measures on articles of your own
	@$(BIN)/python -m tests.benchmarks "$(ARTICLES)"

sample: $(READY) ## Renew datapackage/sample/, the published package of the sample corpus
	@$(BIN)/fieldledger sample

lock: $(READY) ## Renew requirements.lock and requirements-readers.lock from pyproject.toml
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --extra postgres --no-emit-index-url \
		--no-header --no-annotate -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --group readers --no-emit-index-url \
		--no-header --no-annotate -q -o requirements-readers.lock

docs: $(READY) ## Renew docs/reference.md from settings, assets and checks
	@$(BIN)/python -m pipeline.deploy.reference

clean: ## Remove the environment, caches and everything built
	rm -rf $(VENV) $(READERS) tests/browser/node_modules data site bench .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +
