package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What socketserver prints is for pasting behind --on.
func TestLineOfSocketserverIsASpec(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("SKIPPED, there is no go command")
	}
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	program := filepath.Join(dir, "socketserver")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../../socketserver").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	server := exec.CommandContext(t.Context(), program, "--once")
	printed, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer server.Wait()
	defer server.Process.Kill()
	line, err := bufio.NewReader(printed).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	out, err := farsideCommand(t, "exec", "--on", strings.TrimSpace(line), "-e", "return 6*7")
	if err != nil || strings.TrimSpace(out) != "42" {
		t.Errorf("with %q it prints %q, %v", line, out, err)
	}
}

// farsideCommand runs this test binary as the farside command.
func farsideCommand(t *testing.T, args ...string) (stdout string, err error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Args[0], cmd.Stderr = "farside", os.Stderr
	out, err := cmd.Output()
	return string(out), err
}
