package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestMain makes the test binary the command when it is started by itself.
func TestMain(m *testing.M) {
	if os.Getenv(nativeVariable) != "" || os.Getenv(floorVariable) != "" || os.Getenv("FARSIDE_WORKER") != "" ||
		os.Getenv("FARSIDE_BENCH_TEST") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestQuickRun runs every measurement once, shortly, so that none rots.
func TestQuickRun(t *testing.T) {
	needExecnet(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-quick")
	cmd.Env = append(os.Environ(), "FARSIDE_BENCH_TEST=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if rows := strings.Count(string(out), "\n|"); rows < len(figures(&execnet{}, &server{}, testHosts()))+2 {
		t.Fatalf("a table of %d lines:\n%s", rows, out)
	}
}

// testHosts stands for the hosts that the bench starts, if it can.
func testHosts() *hosts {
	if _, err := exec.LookPath(sshdPath); err != nil {
		return nil
	}
	return &hosts{}
}

// needExecnet skips loudly without execnet, and fails if it is required.
func needExecnet(t *testing.T) {
	t.Helper()
	peer, err := startExecnet()
	if err == nil {
		peer.close()
		return
	}
	if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "execnet") {
		t.Fatal(err)
	}
	t.Skipf("SKIPPED, execnet is missing: %v", err)
}
