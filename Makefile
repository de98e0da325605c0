# Everything works in .venv/, made from the lock file on first use.
PYTHON ?= python3
BIN = .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint bench lock docs clean assets messages

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/ready
	$(BIN)/moothall demo $(ARGS)

test: .venv/ready lint
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint src
	$(BIN)/djlint --check src --extend-exclude core

bench: .venv/bench
	$(BIN)/python -m bench $(ARGS)

# The peers that Moothall is measured against. Nothing of the product or its tests needs them.
.venv/bench: .venv/ready requirements-bench.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-bench.lock
	touch $@

# Pin anew what pyproject.toml asks for.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml
lock: .venv/ready
	$(LOCK) --group dev -o requirements.lock
	$(LOCK) --group dev --group bench -o requirements-bench.lock

# The stylesheet, script and typeface of the pages. They are kept in git: only who changes them needs npm.
assets:
	cd src/moothall/design_system/source && npm ci --no-audit --no-fund && npm run --silent make

# The texts for translators, out of the source; docs/developers/translate.md says how a language is made of them.
messages: .venv/ready
	cd src/moothall && MOOTHALL_MODE=development $(CURDIR)/$(BIN)/moothall manage makemessages \
		--locale cy --keep-pot --no-wrap --add-location file --ignore node_modules --verbosity 0
	rm -r src/moothall/locale/cy
	sed -i -e '1,/^$$/{s/nplurals=INTEGER; plural=EXPRESSION/nplurals=2; plural=(n != 1)/;/^#/d;s/PACKAGE VERSION/Moothall/;s/^"Language: /"Language: en_GB/}' \
		src/moothall/locale/django.pot

docs: .venv/ready
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html

clean:
	rm -rf .venv var docs/_build
