# `make test` is what CI runs: it installs from Debian what the tests need and is missing, then formatting, clippy and
# every test on both databases. `make drill` runs the heavy proofs in full.

CARGO ?= cargo

.PHONY: test needs format clippy tests drill attack screenshots audit fuzz

test: needs format clippy tests

# A PostgreSQL server and a browser of one's own for the tests; they start and stop their own and never touch another.
# axe-core is what the pages are checked with; poppler reads what was blacked out, as somebody else would.
needs:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null 2>&1; then \
	  echo "installing PostgreSQL for the tests"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq postgresql; \
	fi
	@if ! test -x /usr/bin/chromedriver || ! test -x /usr/bin/chromium || ! dpkg -s fonts-noto-cjk chromium-l10n >/dev/null 2>&1; then \
	  echo "installing Chromium for the tests"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq chromium chromium-driver chromium-l10n fonts-noto-cjk; \
	fi
	@if ! command -v pdftotext >/dev/null 2>&1; then \
	  echo "installing poppler's tools for the tests"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends poppler-utils; \
	fi
	@if ! test -e tests/browser/node_modules/axe-core/axe.min.js; then \
	  if ! command -v npm >/dev/null 2>&1; then \
	    echo "installing npm for the tests"; \
	    if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends npm; \
	  fi; \
	  cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent; \
	fi

format:
	$(CARGO) fmt --check

clippy:
	$(CARGO) clippy --all-targets --quiet -- -D warnings

tests:
	DAFU_REQUIRE_POSTGRES=1 DAFU_REQUIRE_BROWSER=1 $(CARGO) test --quiet

# Every page at three widths, light and dark, from the demonstration city: docs/screenshots-work, to be looked at. The three
# that the README shows go to docs/images.
screenshots: needs
	DAFU_REQUIRE_BROWSER=1 $(CARGO) test --quiet --test it -- --ignored --exact browser_screenshots::screenshots

# More random histories than in `make test`; ten thousand cases for two processes of which one is killed again and again; and what
# fails (docs/OPERATING.md): two hundred killings on each database, restarts, pauses, upgrades from every schema. A small disk is
# mounted for the test of a full one, which takes root.
drill: needs
	DAFU_REQUIRE_POSTGRES=1 DAFU_REQUIRE_BROWSER=1 DAFU_DRILL=1 PROPTEST_CASES=5000 $(CARGO) test --quiet

# The attackers at length (docs/SECURITY.md): every cell of who may do what, every text planted by itself, hundreds of slow senders;
# then requests that a program makes up from the OpenAPI document. On loopback only; python3 is needed for the last.
attack: needs
	DAFU_REQUIRE_POSTGRES=1 DAFU_ATTACK=1 $(CARGO) test --quiet --test it attack_
	CARGO="$(CARGO)" tests/attack/contract.sh

# Which crates, under which licences, from where (deny.toml). Known vulnerabilities are looked up in a local copy of the advisory
# database only: DAFU_ADVISORIES names the folder that `cargo deny fetch db` keeps it in, copied to where there is no network.
audit:
	@command -v cargo-deny >/dev/null 2>&1 || $(CARGO) install cargo-deny --locked
	cargo-deny --offline check licenses bans sources
	cargo-deny --offline --config deny.toml --manifest-path fuzz/Cargo.toml check bans sources
	@if [ -n "$(DAFU_ADVISORIES)" ]; then \
	  echo "advisories of $(DAFU_ADVISORIES)"; \
	  DAFU_ADVISORIES="$(DAFU_ADVISORIES)" cargo-deny --offline check advisories; \
	else \
	  echo "ADVISORIES WERE NOT LOOKED AT: DAFU_ADVISORIES names no copy of the advisory database."; \
	fi

# Every reader of what comes from outside, fed with what nobody would send (fuzz/, docs/SECURITY.md): each for so many seconds, without
# end at the first thing found. `make fuzz TARGETS=ledger SECONDS=600` for one. What is found lies in fuzz/artifacts; what leads
# further than the seeds that are kept, in target/.
SECONDS ?= 60
TARGETS ?= $(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs)))
# Without a sanitizer nothing of it needs a nightly compiler; and crates are built as they are served, not as they would like to be tried.
FUZZ = $(CARGO) fuzz run --sanitizer none --no-cfg-fuzzing --codegen-units 16
fuzz:
	@command -v cargo-fuzz >/dev/null 2>&1 || $(CARGO) install cargo-fuzz --locked
	@set -e; rm -rf target/fuzz-tmp; mkdir -p target/fuzz-tmp; for target in $(TARGETS); do \
	  echo "== $$target"; mkdir -p target/fuzz-corpus/$$target; \
	  TMPDIR=$$PWD/target/fuzz-tmp $(FUZZ) $$target target/fuzz-corpus/$$target fuzz/corpus/$$target -- \
	    -max_total_time=$(SECONDS) -timeout=30 -rss_limit_mb=4096 -print_final_stats=1 -verbosity=0; \
	done
