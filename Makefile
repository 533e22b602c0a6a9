# The words of this project; CI uses the same. Everything runs in .venv, made from the pinned lists.
PYTHON ?= python3
VENV   ?= .venv
PY     := $(VENV)/bin/python

.PHONY: site pdf check serve test lint lock bench clean

site: $(VENV)/.runtime          ## check, render, draw and publish the site into site/
	$(PY) -m generator build

pdf: $(VENV)/.runtime           ## the same, and each language's PDF; needs a Chromium
	$(PY) -m generator build --pdf

check: $(VENV)/.runtime         ## say what is wrong in data/ and templates/
	$(PY) -m generator check

serve: $(VENV)/.runtime         ## show the site while it is edited: open pages follow each change
	$(PY) -m generator serve

test: $(VENV)/.runtime $(VENV)/.dev  ## all tests; needs a Chromium and finds or installs one
	$(PY) tests/browser.py
	$(PY) -m pytest -n auto

lint: $(VENV)/.runtime $(VENV)/.dev
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

SIZES  ?= S M L
bench: $(VENV)/.runtime         ## measure beside other tools (SIZES="S M" for some), and write bench/RESULTS.md
	$(PY) -m bench.run --write --sizes "$(SIZES)" $(BENCH)

lock: $(VENV)/.dev              ## pin anew what requirements*.in ask for (needs uv)
	uv pip compile --universal -p 3.11 --generate-hashes --no-header --no-annotate -q requirements.in -o requirements.lock
	uv pip compile --universal -p 3.11 --generate-hashes --no-header --no-annotate -q requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf build site $(VENV)

# A stamp per list: the environment is made once, and again when its list changes.
$(VENV)/.runtime: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@
