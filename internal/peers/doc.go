// Package peers has no code, only tests: of gateways to machines that are real, or as
// strange as real ones, and of what can go wrong with them and on the way.
//
// The far sides are lean, so that there is little to send, and are built by the
// toolchain.
package peers
