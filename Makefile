# Thin on purpose: every target is one or two commands that can also be typed by hand.
# `make demo` and `make test` start from a fresh clone and set up what they need.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV ?= $(shell command -v uv || echo $(BIN)/uv)
REPORT ?= out/urumqi-marseille.html
CODE := src tests tools benchmarks
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

# Tests start hundreds of processes: each loads what the first has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-sell demo-dxx demo-settle test check lint coverage bench bench-peers soak heuristics pictures corridor-optics corridor-growth corridor-inventory lives lock format clean setup-demo setup-test

help: ## say what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

demo: setup-demo ## set up, then design a protected 400G service from Urumqi to Marseille
	@mkdir -p $(dir $(REPORT))
	$(BIN)/karakoram design URC MRS --bit-rate 400G --protection 1+1 --brief --report $(REPORT)
	@echo "Open $(REPORT) in a browser, or ask again without --brief. Then:  . $(BIN)/activate; karakoram --help"

demo-dxx: setup-demo ## set up, then groom 63 E1 and 30 x 64k, and empty a section under them
	$(BIN)/python tools/demo_dxx.py out/demo-dxx.db

demo-sell: setup-demo ## set up, then sell a protected wave over three operators, to the last slot
	@mkdir -p out
	$(BIN)/python tools/demo_sell.py out/demo-sell.db

demo-settle: setup-test ## set up, then bill the wave, share it between its owners and settle to the last cent
	@mkdir -p out
	$(BIN)/python tools/demo_settle.py out/demo-settle.db

test: setup-test ## set up, then run every check and every test
	@$(MAKE) --no-print-directory check

check: ## run every check and every test in the environment that is there, side by side
	@$(MAKE) --no-print-directory --jobs=2 lint coverage

lint: ## format, lint, types, import contracts, spelling
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/codespell

coverage: ## every test, with the branch coverage of core, refdata, network, engines, planning and sales
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal --cov --cov-report=term

bench: setup-test ## measure, and print the ratios to the peers
	$(BIN)/python benchmarks/run.py

bench-peers: setup-test ## install peers, each in an environment of its own, and measure both sides
	$(BIN)/python benchmarks/bench_peers.py --set-up

soak: setup-test ## kill clients of a store who sell, 10,000 steps, and of its ledger, 100,000 transfers
	$(BIN)/python benchmarks/sales_soak.py 10000
	$(BIN)/python benchmarks/ledger_soak.py

heuristics: setup-test ## measure heuristics and defragmentation over 20 runs each, some ten minutes
	$(BIN)/python benchmarks/heuristics.py

pictures: ## draw the pictures of the documents anew
	$(BIN)/python tools/pictures.py

corridor-optics: ## write the page on the light of the reference corridor anew
	$(BIN)/python tools/corridor_optics.py

corridor-growth: ## write the page on the growth of the reference corridor anew
	$(BIN)/python tools/corridor_growth.py

corridor-inventory: ## write the assumed inventory of the reference corridor anew
	$(BIN)/python tools/corridor_inventory.py

lives: ## draw the states of quotes, legs, products, resources and the rest anew from their tables
	$(BIN)/python tools/lives.py

format: ## put the code into the common form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

lock: ## resolve the dependencies again (UPGRADE=--upgrade for the newest); needs uv
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: $(BIN)/python -m pip install uv"; exit 2; }
	$(LOCK) $(UPGRADE) --output-file requirements.lock --group dev pyproject.toml
	$(LOCK) --constraint requirements.lock --output-file requirements-demo.lock --group build --extra excel --extra pdf pyproject.toml

clean: ## remove the environment, caches and results
	rm -rf $(VENV) .venv-peers out dist build htmlcov .coverage .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

setup-demo setup-test: setup-%:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. On Debian or Ubuntu:  apt-get install python3 python3-venv make"; exit 2; }
	@$(PYTHON) tools/bootstrap.py $* --venv $(VENV)
