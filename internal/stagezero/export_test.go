package stagezero

import "github.com/farside-go/farside/internal/workerbin"

// Hold has a worker stay packed as long as what it gives is there.
func Hold(program workerbin.Program) (held any, err error) { return pack(program, packZstd) }
