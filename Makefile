# make sort PHOTOS=~/Pictures   sets everything up, looks at the photos, and sorts them
# make test                     sets up what tests need, and runs them
# make demo                     a small album made on the spot, sorted and shown as a tree

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: sort demo test lint pins clean

sort: $(VENV)/main.ready
	@test -n "$(PHOTOS)" || { echo "Which photos? make sort PHOTOS=~/Pictures" >&2; exit 2; }
	@$(RUN) embedder.py -src "$(PHOTOS)"
	@$(RUN) sort_images.py

demo: $(VENV)/demo.ready
	@$(RUN) -m sortbyface demo

test: $(VENV)/test.ready lint
	$(RUN) -m pytest -n auto

lint: $(VENV)/test.ready
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

# The exact versions of everything, for all systems, from the ranges in pyproject.toml.
PIN := $(RUN) -m uv pip compile pyproject.toml --universal --python-version 3.11 --quiet --no-annotate --upgrade \
	--custom-compile-command "make pins"
pins: $(VENV)/test.ready
	$(PIN) --output-file requirements.txt
	$(PIN) --extra dev --constraint requirements.txt --output-file tests/requirements.txt

clean:
	rm -rf $(VENV) demo

INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary face_recognition_models

$(VENV)/main.ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@echo "Setting up in $(VENV), once: some minutes and 3 GB …"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/demo.ready: $(VENV)/main.ready tests/requirements.txt
	@$(INSTALL) scikit-image --constraint tests/requirements.txt
	@touch $@

$(VENV)/test.ready: $(VENV)/main.ready tests/requirements.txt
	@$(INSTALL) --no-deps -r tests/requirements.txt
	@touch $@
