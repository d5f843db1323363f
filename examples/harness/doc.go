// Package harness has no code of its own: its test shows how a test harness uses
// popen gateways. A far side that is killed in the middle of its work takes
// nothing with it: the test sees how it ended, opens another and goes on.
package harness
