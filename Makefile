# Every target installs what it needs first, so that each works alone on a fresh machine.

PREFIX ?= $(HOME)/.local
SWIFT ?= swift
PACKAGES := libsqlite3-dev libedit-dev r-mathlib gnuplot-nox
# Stripped: the daemon hashes every plugin when it starts, and symbols are half of a file.
RELEASE := $(SWIFT) build -c release --static-swift-stdlib -Xlinker -s
# The programs the manifests name, so that no plugin is forgotten.
PLUGINS := $(shell sed -n 's/^run = \["\([^"]*\)".*/\1/p' Plugins/*/plugin.toml)
SECONDS_EACH ?= 600
FUZZERS := LineFuzz CommandFuzz ManifestFuzz CSVFuzz XPTFuzz DatasetJSONFuzz

.PHONY: all demo test release install uninstall bench crash fuzz thread-sanitizer lint format dependencies clean

all: release

## Show the published trial's question answered by a real daemon through a real plugin.
demo: release
	@bash config/examples/demo.sh "$$($(RELEASE) --show-bin-path)"

## Run every test.
test: dependencies
	$(SWIFT) test

## Build what is installed.
release: dependencies
	@for product in doubletd doublet $(PLUGINS); do $(RELEASE) --product $$product || exit 1; done

## Install into PREFIX (default ~/.local).
install: release
	@bash config/install.sh "$$($(RELEASE) --show-bin-path)" "$(DESTDIR)$(PREFIX)"

uninstall:
	@bash config/install.sh --remove "$(DESTDIR)$(PREFIX)"

## Compare speed with peers in one run.
bench: release
	$(RELEASE) --product Benchmark
	$(RELEASE) --product BestResponseBenchmark
	$(RELEASE) --product ImportBenchmark
	$(RELEASE) --product ExactBenchmark
	$(RELEASE) --product TemporalReferenceBenchmark
	$(RELEASE) --product SurvivalBenchmark
	$(RELEASE) --product TumorDynamicsBenchmark
	@bash Tests/Benchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/BestResponseBenchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/ImportBenchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/ExactBenchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/TemporalReferenceBenchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/SurvivalBenchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/TumorDynamicsBenchmark.sh "$$($(RELEASE) --show-bin-path)"
	@bash Tests/TemporalSplitBenchmark.sh "$$($(RELEASE) --show-bin-path)"

## Kill plugins and the daemon at random moments and count what was lost.
crash: release
	@python3 Tests/Crash/kill_plugins.py "$$($(RELEASE) --show-bin-path)"
	@python3 Tests/Crash/kill_daemon.py "$$($(RELEASE) --show-bin-path)"

## Feed each reader of outside text random bytes for SECONDS_EACH seconds.
fuzz: dependencies
	@for fuzzer in $(FUZZERS); do \
	  DOUBLET_FUZZ=1 $(SWIFT) build --scratch-path .build-fuzz --sanitize=fuzzer --product $$fuzzer \
	    || exit 1; \
	done
	@for fuzzer in $(FUZZERS); do \
	  bash Tests/Fuzz/run.sh .build-fuzz/debug/$$fuzzer $(SECONDS_EACH) || exit 1; \
	done

## Run every test under the thread sanitizer.
thread-sanitizer: dependencies
	DOUBLET_SANITIZER=thread $(SWIFT) test --scratch-path .build-thread --sanitize=thread

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Plugins Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Plugins Tests

## Install the Debian packages that are missing.
dependencies:
	@bash config/dependencies.sh $(PACKAGES)

clean:
	rm -rf .build .build-fuzz .build-thread
