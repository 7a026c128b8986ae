# make sort PHOTOS=~/Pictures   sets everything up, looks at the photos, and sorts them
# make app                      the window
# make test                     sets up what tests need, and runs them
# make soak                     the proof of the promises, much longer, and other each time
# make demo                     a small album made on the spot, sorted and shown as a tree

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: app translations sort demo test soak lint pins clean

sort: $(VENV)/main.ready
	@test -n "$(PHOTOS)" || { echo "Which photos? make sort PHOTOS=~/Pictures" >&2; exit 2; }
	@$(RUN) embedder.py -src "$(PHOTOS)"
	@$(RUN) sort_images.py

app: $(VENV)/main.ready
	@$(RUN) -m sortbyface

demo: $(VENV)/demo.ready
	@$(RUN) -m sortbyface demo

test: $(VENV)/test.ready lint
	$(RUN) -m pytest -n auto

# SOAK is the seed: what it found, the same seed finds again.
SOAK := $(or $(SOAK),$(shell date +%s))
soak: $(VENV)/test.ready
	@echo "SOAK=$(SOAK)"
	@SOAK=$(SOAK) $(RUN) -m pytest -n auto tests/promises tests/commands/test_interruptions.py

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

# All texts of the window, for those who translate them (docs/translating.md).
TRANSLATIONS := sortbyface/desktop/translations
translations: $(VENV)/main.ready
	@for file in $(TRANSLATIONS)/*.ts; do \
		plural=; case $$file in *_en.ts) plural=-pluralonly;; esac; \
		$(VENV)/bin/pyside6-lupdate -locations none -no-obsolete $$plural sortbyface/desktop/*.py -ts $$file && \
		$(VENV)/bin/pyside6-lrelease $$file || exit 1; \
	done

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
