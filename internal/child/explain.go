package child

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
)

// explainStart says what is wrong with a worker that could not be started, and
// what to do about it.
func explainStart(path string, err error) error {
	switch {
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w; check the path of the worker", err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w; %s", err, describeFile(path))
	case isFormatError(err):
		return fmt.Errorf("%w; %s, and this machine is %s/%s", err, describeFile(path), runtime.GOOS, runtime.GOARCH)
	}
	return err
}

// describeFile says what kind of file the worker is.
func describeFile(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return err.Error()
	}
	text := fmt.Sprintf("%s has mode %v", path, info.Mode())
	if machine := elfMachine(path); machine != "" {
		text += " and is a program for " + machine
	} else if info.Mode().IsRegular() {
		text += " and is not a program that this system knows"
	}
	return text
}

// elfMachine reads the architecture of an ELF file, or gives an empty text.
func elfMachine(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	head := make([]byte, 20)
	if _, err := file.Read(head); err != nil || string(head[:4]) != "\x7fELF" {
		return ""
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if head[5] == 2 {
		order = binary.BigEndian
	}
	machine := order.Uint16(head[18:])
	names := map[uint16]string{3: "386", 8: "mips", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "arm", 62: "amd64", 183: "arm64", 243: "riscv64", 258: "loong64"}
	if name := names[machine]; name != "" {
		return name
	}
	return fmt.Sprintf("the architecture with ELF number %d", machine)
}
