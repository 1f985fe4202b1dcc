PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := requirements.lock

# A folder may be absent: generated/ is deletable, and tools refuse missing paths.
SOURCES := $(wildcard generator generated tests benchmarks)

# A process for each core; the tests of a file share what they set up.
SPREAD := --numprocesses auto --dist loadfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List every target with a sentence.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(STAMP) ## Create or refresh .venv from the lock file.

# Everything comes from the lock, the build backend too: with isolation on, pip would
# fetch an unpinned one.
$(STAMP): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Wirebook needs Python 3.11 or newer; name one with PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: generate
generate: $(STAMP) ## Write the clients and their docs from the specs.
	$(BIN)/wirebook generate

.PHONY: check
check: $(STAMP) ## Fail when generated/ is not what the specs produce.
	$(BIN)/wirebook generate --check

.PHONY: test
test: $(STAMP) ## Run the tests, without the slow ones.
	$(BIN)/pytest $(SPREAD)

.PHONY: test-slow
test-slow: $(STAMP) ## Run only the slow tests.
	$(BIN)/pytest $(SPREAD) -m slow

.PHONY: test-all
test-all: $(STAMP) ## Run every test, the slow ones included.
	$(BIN)/pytest $(SPREAD) -m "slow or not slow"

.PHONY: lint
lint: $(STAMP) ## Check style with ruff and layout with black.
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/black --check --quiet --diff $(SOURCES)

.PHONY: types
types: $(STAMP) ## Check types with mypy and pyright, both strict.
	$(BIN)/mypy $(SOURCES)
	$(BIN)/pyright

# generated/ is left out: what a tool repairs there, the next `make generate` undoes.
.PHONY: format
format: $(STAMP) ## Repair style and layout in the hand-written code.
	$(BIN)/ruff check --fix $(filter-out generated,$(SOURCES))
	$(BIN)/black --quiet $(filter-out generated,$(SOURCES))

.PHONY: bench
bench: $(STAMP) ## Measure how long the pipeline and the clients take.
	$(BIN)/python -m benchmarks

# uv resolves for every platform and Python at once, which pip cannot; it lives in a
# throwaway environment because nothing else needs it.
.PHONY: lock
lock: ## Resolve requirements.lock again (LOCK_FLAGS=--upgrade for newer versions).
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT \
		&& $(PYTHON) -m venv "$$tmp" \
		&& "$$tmp/bin/python" -m pip install --quiet --disable-pip-version-check uv \
		&& "$$tmp/bin/uv" pip compile --quiet --universal --generate-hashes \
			--python-version 3.11 --all-extras --group pyproject.toml:dev \
			--no-emit-index-url --no-emit-find-links \
			--custom-compile-command "make lock" $(LOCK_FLAGS) \
			--output-file $(LOCK) pyproject.toml

.PHONY: audit
audit: ## Hold the locked dependencies against the lists of known weaknesses.
	@PYTHON=$(PYTHON) .ci/audit

.PHONY: clean
clean: ## Remove .venv, caches and built archives.
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .wirebook-cache build dist
	find $(SOURCES) -type d -name __pycache__ -prune -exec rm -rf {} +
