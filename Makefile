# The doors of the house. `make` alone lists them.
PYTHON ?= python3.11
HOST ?= 127.0.0.1
PORT ?= 8000
PART ?=
BIN := .venv/bin
BUILT := wugeyi/ui/static/ui/built/.stamp
STATIC := wugeyi/static_root/staticfiles.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard wugeyi/locale/*/LC_MESSAGES/*.po))
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url \
  --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
  --custom-compile-command 'make lock' $(UPGRADE)
# Commands that only build need no secret of their own.
BUILD_ENV := WUGEYI_SECRET_KEY=only-for-building WUGEYI_DATABASE_URL=

.DELETE_ON_ERROR:
.PHONY: help demo serve build test check format messages bench spark lock dist clean

help: ## List the doors
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: build ## Prepare the demo once, then serve it on http://HOST:PORT
	@$(BIN)/wugeyi demo --host $(HOST) --port $(PORT)

serve: build ## Serve your own installation (environment: docs/install.md)
	$(BIN)/wugeyi serve --host $(HOST) --port $(PORT)

build: $(BUILT) $(CATALOGUES) $(STATIC) ## Install, build scripts, styles and messages

test: build .venv/.test ## Run the tests on SQLite, then on PostgreSQL if WUGEYI_DATABASE_URL is set
	@$(BIN)/python -m tests

check: build .venv/.test ## Formats, lints, types, import contracts, migrations
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BUILD_ENV) python -m tests.check

format: .venv/.test $(BUILT) ## Put sources into their format, fix what can be fixed
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/python frontend/build.py format

messages: .venv/.test ## Gather the texts to translate into wugeyi/locale (needs gettext)
	@mkdir -p wugeyi/locale
	cd wugeyi && $(BUILD_ENV) ../$(BIN)/wugeyi makemessages --locale en --no-location \
	  --no-obsolete --ignore 'static*'

bench: build .venv/.bench ## Measure: make bench PART=…
	$(BIN)/python -m benchmarks $(PART)

spark: build/spark/.stamp ## Install Spark in build/spark, for its tests (needs Java 17)

lock: .venv/.lock ## Resolve pyproject.toml into requirements/*.txt; UPGRADE=--upgrade for newer ones
	$(LOCK) pyproject.toml --extra analysis --extra planning --group test -o requirements/test.txt
	$(LOCK) pyproject.toml -c requirements/test.txt -o requirements/core.txt
	$(LOCK) pyproject.toml -c requirements/test.txt --extra planning -o requirements/planning.txt
	$(LOCK) pyproject.toml -c requirements/test.txt --extra planning --group build -o requirements/build.txt
	$(LOCK) pyproject.toml -c requirements/test.txt --extra analysis -o requirements/analysis.txt
	$(LOCK) pyproject.toml -c requirements/test.txt --extra analysis --extra planning --group bench -o requirements/bench.txt
	$(LOCK) --group pyproject.toml:helpdesk -c requirements/test.txt -o requirements/helpdesk.txt
	$(LOCK) --group pyproject.toml:pyrosm -o requirements/pyrosm.txt
	$(LOCK) --group pyproject.toml:spopt -o requirements/spopt.txt
	$(LOCK) --group pyproject.toml:pandana -o requirements/pandana.txt
	$(LOCK) --group pyproject.toml:ortools -o requirements/ortools.txt
	$(LOCK) --group pyproject.toml:beancount -o requirements/beancount.txt
	$(LOCK) --group pyproject.toml:hordak -o requirements/hordak.txt
	$(LOCK) --group pyproject.toml:django-ledger -o requirements/django-ledger.txt
	$(LOCK) --group pyproject.toml:spark -c requirements/test.txt -o requirements/spark.txt
	$(LOCK) --group pyproject.toml:node -o requirements/node.txt
	$(LOCK) --group pyproject.toml:lock -o requirements/lock.txt

dist: build ## Wheel in dist/, and dist/wheels to install it without a network
	rm -rf build dist
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	$(PIP) download --require-hashes --only-binary :all: --dest dist/wheels -r requirements/planning.txt
	cp dist/wugeyi-*.whl dist/wheels/

clean: ## Remove what make made, never var/ with the data
	rm -rf .venv node_modules build dist wugeyi.egg-info $(dir $(BUILT)) wugeyi/static_root $(CATALOGUES)

.venv/.build: requirements/build.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Wugeyi needs Python 3.11; name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Python packages …"
	@$(PIP) install --require-hashes -r requirements/build.txt
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.%: requirements/%.txt .venv/.build
	@echo "Installing Python packages: $* …"
	@$(PIP) install --require-hashes -r $<
	@touch $@

build/spark/.stamp: requirements/spark.txt | .venv/.build
	@echo "Installing Spark …"
	@$(BIN)/python -m venv --clear build/spark
	@build/spark/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

$(BUILT): package-lock.json $(shell find frontend -type f 2>/dev/null) | .venv/.build
	@$(BIN)/python frontend/build.py
	@touch $@

%.mo: %.po | .venv/.build
	@$(BIN)/python -c 'import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@

$(STATIC): $(BUILT) $(shell find wugeyi/*/static -type f -not -path '*/built/*' 2>/dev/null) | .venv/.build
	@$(BUILD_ENV) $(BIN)/wugeyi collectstatic --noinput --clear --verbosity 0
