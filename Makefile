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
	$(PY) -m pytest --ignore=tests/browser --ignore=tests/replicas -n auto --dist worksteal

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

# Some systems keep ensurepip in a package of its own; there the system's pip brings one.
$(VENV)/bin/pip:
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv $(VENV); else \
		$(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(PY) install --quiet pip; fi

$(VENV)/.ready: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(PIP) -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV)
