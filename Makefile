# `make demo` shows the main job; `make test` runs every test.

GO        = CGO_ENABLED=0 go
VERSION   = 0.1.0
BIN       = bin/toolbox
TAGS      = toolbox_linkname
LDFLAGS   = -s -w -checklinkname=0 -X main.version=$(VERSION)
GOBUILD   = $(GO) build -trimpath -buildvcs=false -tags $(TAGS) -ldflags '$(LDFLAGS)'

.PHONY: build
build:
	$(GOBUILD) -o $(BIN) .
