# `make test` is what CI runs: it installs from Debian what the tests need and is missing, then formatting, clippy and
# every test on both databases. `make drill` runs the heavy proofs in full.

CARGO ?= cargo

.PHONY: test needs format clippy tests drill

test: needs format clippy tests

# A PostgreSQL server of one's own for the tests; they start and stop their own cluster and never touch another.
needs:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null 2>&1; then \
	  echo "installing PostgreSQL for the tests"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq postgresql; \
	fi

format:
	$(CARGO) fmt --check

clippy:
	$(CARGO) clippy --all-targets --quiet -- -D warnings

tests:
	DAFU_REQUIRE_POSTGRES=1 $(CARGO) test --quiet

# More random histories than in `make test`; ten thousand cases for two processes of which one is killed again and again.
drill: needs
	DAFU_REQUIRE_POSTGRES=1 DAFU_DRILL=1 PROPTEST_CASES=5000 $(CARGO) test --quiet
