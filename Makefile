# Two commands matter: `make run` opens the dashboard, `make test` proves it.
VENV ?= .venv
PYTHON ?= python3
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run test test-fast test-browser test-replicas check bench browser clean

run: $(VENV)/.ready
	@$(PY) -m dashboard

test: test-fast test-browser test-replicas

test-fast: $(VENV)/.ready-dev
	$(PY) -m pytest --ignore=tests/browser --ignore=tests/replicas -n auto

test-browser: $(VENV)/.ready-dev browser
	$(PY) -m pytest tests/browser

# Two replicas on PostgreSQL, Redis and nginx, which are installed if they are missing and this user may.
test-replicas: $(VENV)/.ready-dev browser
	@$(PY) -m tests.replicas.programs
	$(PY) -m pytest tests/replicas

check: $(VENV)/.ready-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m pyright

bench: $(VENV)/.ready-dev browser
	$(PY) -m tests.bench

# A Chromium that is already there, else Playwright's own, else (as root) the system's package.
browser: $(VENV)/.ready-dev
	@$(PY) -m tests.browser.chromium

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(PIP) -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV)
