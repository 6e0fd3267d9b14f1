# Needs Python 3.11 or later, pip and make; everything else comes from PyPI, into .venv.
# Another Python: make test PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv || echo $(BIN)/uv)
MADE := .venv/.made-with-$(notdir $(PYTHON))
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test fuzz check format docs golden bench mutants wheel vscode site man lock clean yaml

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 15

demo: .venv/.core ## show the budget of the agreements in agreements/
	$(BIN)/iopctl budget

test: .venv/.test ## run the tests (and see that they reach every branch, in twice the time: FLAGS=--cov)
	$(BIN)/pytest -n auto --dist worksteal $(FLAGS)

fuzz: .venv/.test ## try properties with new examples until one fails (for so long: FUZZ_MINUTES=10; some: FLAGS=FILE)
	@end=$$(($$(date +%s) + 60 * $(or $(FUZZ_MINUTES),1000000))); \
	while [ $$(date +%s) -lt $$end ]; do \
		seed=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' '); \
		$(BIN)/pytest -q -n auto -m hypothesis --hypothesis-profile=fuzz \
			--hypothesis-seed=$$seed --randomly-seed=$$seed $(FLAGS) || exit; \
	done

check: .venv/.dev ## check format, lint, types, the agreements and the generated pages
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/iopctl check agreements --format concise
	$(BIN)/pytest -q tests/test_docs.py tests/test_schema.py tests/test_language.py

format: .venv/.dev ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

docs: .venv/.test ## write the pages that are made from the code
	$(BIN)/pytest -q tests/test_docs.py tests/test_schema.py tests/test_language.py tests/test_rules.py::test_messages --update-golden

golden: .venv/.test ## write tests/golden anew from what the code prints
	$(BIN)/pytest -q -n auto --update-golden

mutants: .venv/.mutants ## change the code that counts, and see that a test notices (hours; a part: FLAGS='--sample 400')
	$(BIN)/python bench/mutants.py $(FLAGS)

bench: .venv/.editor bench/.venv/.made ## measure iopctl beside its peers (with 10 000 files: FLAGS=--all)
	$(BIN)/python bench $(FLAGS)

wheel: .venv/.core ## build the sdist, and the wheel from it, in dist/
	rm -rf dist
	$(UV) build --quiet --python $(BIN)/python

vscode: ## test, build and package the extension for VS Code with npm, in editors/vscode/dist/
	npm ci --silent --no-audit --no-fund --prefix editors/vscode
	npm test --silent --prefix editors/vscode
	npm run package --silent --prefix editors/vscode

site: .venv/.site ## build the docs as a site, in website/site/, and try it in a browser
	$(BIN)/python website/gather.py website/pages
	cd website && for each in sv en; do ../$(BIN)/zensical build --strict --clean --config-file $$each.toml || exit; done
	$(BIN)/pytest -q website

man: .venv/.test ## write the man pages from what help says, and check them with mandoc or man
	$(BIN)/pytest -q tests/test_docs.py -k man_page --update-golden
	bash .ci/man

lock: $(MADE) $(UV) ## write uv.lock after a change in pyproject.toml (newer versions: FLAGS=--upgrade)
	$(UV) lock --python $(BIN)/python $(FLAGS)

yaml: .venv/.test ## read what iopctl writes as editors do, by the npm package yaml
	bash .ci/yaml

clean: ## remove all that make has made
	rm -rf .venv bench/.venv mutants dist editors/vscode/node_modules tests/node/node_modules editors/vscode/dist website/pages website/site website/.cache htmlcov .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find iopctl tests -name __pycache__ -prune -exec rm -rf {} +

# An empty environment: no pip of its own, so that a Python without ensurepip will do.
$(MADE):
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("iopctl needs Python 3.11 or later: name one with PYTHON=python3.12")'
	$(PYTHON) -m venv --clear --without-pip .venv
	@touch $@

$(BIN)/uv: $(MADE)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet uv
	@touch $@

# What uv.lock says, and nothing else; a later stamp adds to an earlier one.
.venv/.core: GROUPS :=
.venv/.editor: GROUPS := --extra editor
.venv/.test: GROUPS := --all-extras --group test
.venv/.site: GROUPS := --all-extras --group test --group docs
.venv/.dev: GROUPS := --all-extras --group dev
.venv/.mutants: GROUPS := --all-extras --group test --group mutants
.venv/.core .venv/.editor .venv/.test .venv/.site .venv/.dev .venv/.mutants: pyproject.toml uv.lock $(MADE) | $(UV)
	$(UV) sync --quiet --locked --inexact --python $(BIN)/python --no-default-groups $(GROUPS)
	@touch $@

# The peers, in an environment of their own; ajv-cli where there is npm. hledger is the system's.
bench/.venv/.made: bench/peers.txt $(MADE) | $(UV)
	$(UV) venv --quiet --clear --python $(BIN)/python bench/.venv
	$(UV) pip install --quiet --compile-bytecode --python bench/.venv/bin/python --requirement $<
	-npm install --silent --no-audit --no-fund --prefix bench/.venv ajv-cli@5
	@touch $@
