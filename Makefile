# Everything a person or CI does here. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto
SIZE ?= 100000
ENVIRONMENT ?= development
export ENVIRONMENT

py := .venv/bin/python
sources := manage.py tracker announcements tests benchmarks
# Extras stay in the names: without them pip asks for a newer release than the one that is locked.
lock := $(py) -m uv pip compile --quiet --universal --generate-hashes --no-header \
	--no-strip-extras --python-version 3.11 --exclude-newer '7 days'

.DEFAULT_GOAL := help
.PHONY: help run shell test test-postgres test-browser test-examples coverage benchmark check lint types migrations deploy-check \
	format lock upgrade clean venv runtime dev e2e

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name does; do \
		printf '  make %-14s %s\n' "$$name" "$$does"; done
	@echo
	@echo '  PORT=8000 for run · WORKERS=auto for the tests · SIZE=100000 for benchmark · PYTHON=python3 for a new .venv'

run: runtime ## the site with its data on http://127.0.0.1:8000 (PORT=…)
	@$(py) manage.py migrate --verbosity 0
	@$(py) manage.py seed
	@$(py) manage.py write_downloads
	@$(py) manage.py ensure_local_superuser
	@exec $(py) manage.py runserver 127.0.0.1:$(PORT)

shell: runtime ## a Python prompt with the models loaded
	@$(py) manage.py shell

test: dev ## every test that needs no server and no browser, on SQLite
	@DATABASE_URL= $(py) -m pytest -n $(WORKERS)

test-postgres: dev ## the same tests on PostgreSQL: the one of DATABASE_URL, or a throw-away one
	@bin/with-postgres $(py) -m pytest -n $(WORKERS)

test-browser: e2e ## the tests in a browser: Chromium, which must be installed
	@DATABASE_URL= $(py) -m pytest tests/browser

test-examples: dev ## the examples of /data/examples/, run: curl and R must be installed
	@DATABASE_URL= $(py) -m pytest tests/examples

coverage: dev ## the tests, and the lines and branches they never reach
	@DATABASE_URL= $(py) -m pytest -n $(WORKERS) --cov --cov-report=term-missing:skip-covered

benchmark: dev ## what list pages and files cost at SIZE announcements, on SQLite and PostgreSQL
	@rm -f var/benchmark.sqlite3*
	@for run in 'env DATABASE_URL=sqlite:///var/benchmark.sqlite3' bin/with-postgres; do \
		$$run sh -c '$(py) manage.py migrate --verbosity 0 && \
			$(py) -m benchmarks.pages --size $(SIZE) && \
			$(py) -m benchmarks.exports --size $(SIZE)' || exit 1; done

check: lint types migrations deploy-check test ## all that must pass before a commit

lint: dev ## style of Python and templates
	@$(py) -m ruff check .
	@$(py) -m ruff format --check .
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	@find $(sources) -name '*.py' -exec $(py) -m django_upgrade --check --target-version 5.2 {} +

types: dev ## mypy
	@$(py) -m mypy

migrations: dev ## fails if a model changed without its migration
	@$(py) manage.py makemigrations --check --dry-run

deploy-check: dev ## Django's own review of the settings of production
	@ENVIRONMENT=production ALLOWED_HOSTS=tracker.example DEBUG= DATABASE_URL= \
		SECRET_KEY="$$($(py) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(py) manage.py check --deploy --fail-level WARNING

format: dev ## rewrite Python and templates in the project's style
	@$(py) -m ruff check --fix-only --exit-zero .
	@$(py) -m ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

lock: dev ## write requirements/ from pyproject.toml, keeping versions that still fit
	@$(lock) $(LOCK) pyproject.toml -o requirements/runtime.txt
	@$(lock) $(LOCK) pyproject.toml --all-extras -c requirements/runtime.txt -o requirements/production.txt
	@$(lock) $(LOCK) pyproject.toml --all-extras --group dev -c requirements/production.txt -o requirements/dev.txt
	@$(lock) $(LOCK) --group e2e -c requirements/dev.txt -o requirements/e2e.txt

upgrade: ## the same with the newest versions that are seven days old
	@$(MAKE) --no-print-directory lock LOCK=--upgrade

clean: ## remove what can be made again; the database stays
	rm -rf .venv .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis var/static
	find $(sources) -name __pycache__ -prune -exec rm -rf {} +

venv:
	@$(py) -c '' 2>/dev/null || { \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
			echo "Python 3.11 or newer is needed and $(PYTHON) is not: name one with PYTHON=…" >&2; \
			exit 1; }; \
		echo "Making .venv with $(PYTHON)"; \
		rm -rf .venv; \
		$(PYTHON) -m venv .venv || { \
			rm -rf .venv; \
			echo "$(PYTHON) could not make .venv: on Debian, apt-get install python3-venv" >&2; \
			exit 1; }; }

# A copy of what was installed last says whether anything has to be installed now.
install = cmp -s requirements/$(1).txt .venv/installed-$(1).txt || { \
	echo "Installing requirements/$(1).txt"; \
	$(py) -m pip install -qq --disable-pip-version-check --require-hashes \
		-r requirements/$(1).txt && \
	cp requirements/$(1).txt .venv/installed-$(1).txt; }

runtime: venv
	@$(call install,runtime)

dev: venv
	@$(call install,dev)

e2e: dev
	@$(call install,e2e)
