# What can be done in this repository. `make` lists it.
#
# Running and building need Go and nothing else. A target that needs more says so, and installs it where it can.

GO ?= go
# How long `make fuzz` spends on each target.
FUZZTIME ?= 30s

# Tests that start another program learn nothing from the race detector, and are built as the program is, which they build
# too; one package at a time, as some of them hold a server to how soon it answers. All others run under it where there is a C
# compiler, which it needs; with CI=true it is not left out.
# The embedded engine is tested either way, as it starts programs that it kills.
OUTSIDE = ./cmd/... ./internal/neo4jstore/... ./internal/sqlitestore/... ./internal/web/...
RACED   = $(shell $(GO) list ./... | grep -vE '/(cmd|internal/neo4jstore|internal/web)(/|$$)')
RACE    = $(if $(filter true,$(CI))$(filter 1,$(shell $(GO) env CGO_ENABLED)),-race)

SOURCES   = $$(git ls-files --cached --others --exclude-standard '*.go')
GENERATED = graph/generated graph/model

.PHONY: help run test soak check bench generate build sbom reproduce licences fmt lint ui ui-check fuzz

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: ## serve the demo graph, with GraphiQL, on http://127.0.0.1:8080
	@$(GO) build -buildvcs=false -o bin/run ./cmd/entente
	@exec bin/run serve

test: ## run all tests, the race detector's, the browser's, Node's and Neo4j's among them
	@.ci/browser
	@.ci/node
	@.ci/neo4j
	@$(if $(RACE),,echo "There is no C compiler, so the tests run without the race detector.")
	@failed=0; \
	$(GO) test $(RACE) $(RACED) || failed=1; \
	CGO_ENABLED=0 $(GO) test -p 1 -timeout 30m -trimpath $(OUTSIDE) || failed=1; \
	exit $$failed

check: lint ## hold what tests can't: generated code, the web bundle and go.mod are fresh, and lint
	$(GO) run ./graph/gen
	git diff --exit-code -- $(GENERATED)
	@new=$$(git ls-files --others --exclude-standard -- $(GENERATED)); \
	if [ -n "$$new" ]; then echo "Generated, but not committed:"; echo "$$new"; exit 1; fi
	$(GO) test -run '^TestDist' ./internal/web
	$(GO) mod tidy -diff

soak: ## kill a program that writes a thousand times, and compare a thousand stories with the reference engine
	ENTENTE_KILLS=1000 ENTENTE_STORIES=1000 $(GO) test -timeout 2h -run '^Test(Kill|Differ)$$' ./internal/sqlitestore

bench: ## measure, without testing, on a graph of a million facts, or of ENTENTE_BENCH_FACTS, and on those of ENTENTE_BENCH_SIZES
	@.ci/neo4j
	$(GO) test -run '^$$' -bench . -benchmem -timeout 2h ./graph/... ./internal/...

generate: ## make graph/generated and graph/model from schema/
	$(GO) run ./graph/gen

build: ## make the static binary bin/entente
	CGO_ENABLED=0 $(GO) build -buildvcs=auto -trimpath -ldflags '-s -w' -o bin/entente ./cmd/entente

sbom: build ## make bin/entente.cdx.json, which lists what bin/entente is made of, as CycloneDX
	bin/entente licences --sbom >bin/entente.cdx.json

reproduce: ## build what is committed in two folders, and compare the bytes
	.ci/reproducible

licences: ## write down the licences of the Go modules that are linked
	$(GO) test ./internal/licences -update

fmt: ## format the Go files
	gofmt -w $(SOURCES)

lint: ## gofmt, go vet and staticcheck
	@unformatted=$$(gofmt -l $(SOURCES)); \
	if [ -n "$$unformatted" ]; then echo "Not as gofmt would have it; run: make fmt"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

ui: ## build the pages in internal/web/dist from internal/web/ui; needs Node
	sh internal/web/ui/build.sh

ui-check: ## build the pages elsewhere and compare them with internal/web/dist; needs Node
	sh internal/web/ui/check.sh

fuzz: ## run every fuzz target for FUZZTIME, and show the inputs that failed
	@listed=$$($(GO) test -list '^Fuzz' ./graph/... ./internal/...) || { echo "$$listed"; exit 1; }; \
	echo "$$listed" | awk '/^Fuzz/ {name[n++] = $$1} /^ok/ {while (n) print $$2, name[--n]}' | { \
		failed=0; \
		while read -r package name; do \
			echo "$$name of $$package"; \
			$(GO) test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 2s "$$package" </dev/null || failed=1; \
		done; \
		git ls-files --others --exclude-standard -- '*/testdata/fuzz/*' | while read -r file; do echo "$$file:"; cat "$$file"; done; \
		exit $$failed; \
	}
