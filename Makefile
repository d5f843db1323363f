# make          run the hello example
# make test     all tests under the race detector, and each benchmark once
# make bench    measure side by side with execnet (apt install python3-execnet)
# make fuzz     every fuzz target for FUZZTIME each
# make fidelity run the toolchain's own tests compiled and interpreted, and compare
# make difffuzz run made-up programs compiled and interpreted for DIFFTIME, and compare
# make lint     gofmt and go vet for the systems that are supported
# make generate write the generated tables anew

FUZZTIME ?= 30s
DIFFTIME ?= 10m
GO ?= go

.PHONY: hello test bench fuzz fidelity difffuzz lint generate
hello:
	$(GO) run ./examples/hello

# A process under the race detector sleeps for a second before it exits, to hear of
# races until then; thousands of workers exit here. Benchmarks are a run of their own,
# since with them the go command tests one package after the other.
test:
	GORACE="$(GORACE) atexit_sleep_ms=50" $(GO) test -race -shuffle=on -timeout 30m ./...
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

bench:
	cd bench && $(GO) build -o farside-bench . && taskset -c 0 ./farside-bench

fuzz:
	./.ci/fuzz $(FUZZTIME)

fidelity:
	$(GO) run ./interp/internal/fidelity

difffuzz:
	$(GO) run ./interp/internal/difffuzz -for $(DIFFTIME)

lint:
	./.ci/lint

generate:
	$(GO) generate ./...
