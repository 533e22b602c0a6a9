# The words of this project; CI uses the same. Everything runs in .venv, made from the pinned lists.
PYTHON ?= python3
VENV   ?= .venv
PY     := $(VENV)/bin/python
AUDIT  := $(VENV)/audit/bin

.PHONY: site guide pdf check serve test lint lock bench torture sbom audit clean

site: $(VENV)/.runtime          ## check, render, draw and publish the site into site/
	$(PY) -m generator build

guide: $(VENV)/.runtime         ## the guide, a report of its own, into docs/guide/site/
	$(PY) -m docs.guide.reference
	$(PY) -m generator build --root docs/guide

pdf: $(VENV)/.runtime           ## the same, and each language's PDF; needs a Chromium
	$(PY) -m generator build --pdf

check: $(VENV)/.runtime         ## say what is wrong in data/ and templates/
	$(PY) -m generator check

serve: $(VENV)/.runtime         ## show the site while it is edited: open pages follow each change
	$(PY) -m generator serve

test: $(VENV)/.runtime $(VENV)/.dev  ## all tests; needs a Chromium and finds or installs one
	$(PY) tests/browser.py
	$(PY) -m pytest -n auto --dist worksteal

lint: $(VENV)/.runtime $(VENV)/.dev
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

SIZES  ?= report S M L
bench: $(VENV)/.runtime         ## measure beside other tools (SIZES="report S M" for some, XL for the largest), and write bench/RESULTS.md
	$(PY) -m bench.run --write --sizes "$(SIZES)" $(BENCH)

lock: $(VENV)/.dev              ## pin anew what requirements*.in ask for (needs uv)
	uv pip compile --universal -p 3.11 --generate-hashes --no-header --no-annotate -q requirements.in -o requirements.lock
	uv pip compile --universal -p 3.11 --generate-hashes --no-header --no-annotate -q requirements-dev.in -o requirements-dev.lock
	uv pip compile --universal -p 3.11 --generate-hashes --no-header --no-annotate -q requirements-audit.in -o requirements-audit.lock

KILLS ?= 200
FUZZ  ?= 600
torture: $(VENV)/.runtime $(VENV)/.dev  ## kill builds and confirmations at random moments, fuzz all readers, and load the preview server (KILLS=200 FUZZ=600)
	$(PY) tests/attacks/torture.py --kills $(KILLS)
	$(PY) -m tests.attacks.fuzz $(FUZZ)
	$(PY) tests/attacks/load.py 300

sbom: $(VENV)/.audit            ## write build/sbom.json: what the generator is made of, as CycloneDX
	mkdir -p build
	$(AUDIT)/cyclonedx-py requirements requirements.lock --output-reproducible --of JSON -o build/sbom.json

audit: $(VENV)/.runtime $(VENV)/.audit  ## known vulnerabilities, licences, and requirements that nothing uses; needs the network
	$(AUDIT)/pip-audit --require-hashes --disable-pip -r requirements.lock
	$(AUDIT)/pip-licenses --python=$(PY) --from=mixed --order=license
	$(AUDIT)/deptry generator --requirements-files requirements.in --requirements-files-dev requirements-dev.in

clean:
	rm -rf build site docs/guide/build docs/guide/site $(VENV)

# A stamp per list: the environment is made once, and again when its list changes.
$(VENV)/.runtime: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@

# Apart from the rest: an audit looks at what the generator needs, not at what the audit needs.
$(VENV)/.audit: requirements-audit.lock $(VENV)/.runtime
	$(PYTHON) -m venv $(VENV)/audit
	$(AUDIT)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	touch $@
