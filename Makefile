# `make run` and `make test` are all that is needed; both set up .venv on first use.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check

.PHONY: run test check setup train-brain train-lyrics bench-peers

run: .venv/ready
	@$(BIN)/python -m bot run

test: .venv/ready check
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy wording music models vectorstore tools bot training bench

setup: .venv/ready

# The lock is complete, so nothing needs resolving. Only torch's builds differ: a CUDA build
# cannot be imported without the libraries it requires, so then it is installed with them.
.venv/ready: requirements.lock
	$(PYTHON) -m venv .venv
	$(PIP) install --no-deps --progress-bar on -r requirements.lock
	$(PIP) install --no-deps torch==2.13.0
	@$(BIN)/python -c "import torch" 2>/dev/null || $(PIP) install torch==2.13.0
	@touch $@

train-brain: .venv/ready
	$(BIN)/python -m training.brain.train

# DATA: the folder of public-domain sets; without it the adapter learns from our own songs alone.
train-lyrics: .venv/ready
	$(BIN)/python -m training.lyrics.prepare_english $(if $(DATA),--data $(DATA))
	$(BIN)/python -m training.lyrics.train_english

# What bench/ compares with: never needed to run or test Bandmate.
bench-peers: .venv/ready
	$(PIP) install --no-deps -r bench/requirements.txt
	npm install --prefix bench --no-package-lock --no-audit --no-fund
