# `make demo` shows the main job; `make test` runs every test.

GO        = CGO_ENABLED=0 go
VERSION   = 0.1.0
BIN       = bin/toolbox
TAGS      = toolbox_linkname
LDFLAGS   = -s -w -checklinkname=0 -X main.version=$(VERSION)
GOBUILD   = $(GO) build -trimpath -buildvcs=false -tags $(TAGS) -ldflags '$(LDFLAGS)'
GOTEST    = go test -tags $(TAGS) -ldflags=-checklinkname=0
DESTDIR   =
BINDIR    = /usr/local/bin
# Where the originals are that the scripts are compared with.
REF       = /usr/lib/execline/bin:/usr/bin

.PHONY: build
build:
	$(GOBUILD) -o $(BIN) .

# The program, and a link for every applet, in BINDIR.
.PHONY: install
install: build
	mkdir -p $(DESTDIR)$(BINDIR)
	$(BIN) --install $(DESTDIR)$(BINDIR)

.PHONY: demo
demo: build
	sh examples/hello/demo.sh

.PHONY: test test-need test-all test-plain test-originals test-race
test: test-need test-all test-plain test-originals test-race

test-need:
	@.ci/part 'what the tests need' .ci/need

test-all:
	@.ci/part 'tests' env CGO_ENABLED=0 $(GOTEST) ./...

# What a plain `go install` gives works too, but for inherited signals.
test-plain:
	@.ci/part 'tests of a plain build' env CGO_ENABLED=0 go test ./chain/... ./internal/...

test-originals:
	@.ci/part 'scripts on the originals' $(GOTEST) . -run TestScripts -count=1 -confirm $(REF)

test-race:
	@.ci/part 'tests with the race detector' .ci/race $(GOTEST)

# What takes longer than anybody waits for: fuzzing, soaks, large trees.
.PHONY: test-long
test-long: test
	@.ci/part 'fuzzing' .ci/fuzz 60s
	@.ci/part 'long tests' env TOOLBOX_LONG=1 $(GOTEST) -count=1 -timeout 60m ./...

# Every fuzz target for a while.
.PHONY: fuzz
fuzz:
	.ci/fuzz 10s

.PHONY: lint
lint:
	@.ci/part 'lint' .ci/lint $(TAGS)

# Measures against the originals and writes docs/performance.md.
.PHONY: bench
bench: build
	go run ./bench -update

.PHONY: clean
clean:
	rm -rf bin
