module github.com/farside-go/farside/bench

go 1.26.0

require (
	github.com/farside-go/farside v0.0.0
	golang.org/x/crypto v0.59.0
)

require (
	github.com/fxamacker/cbor/v2 v2.9.6 // indirect
	github.com/hashicorp/yamux v0.1.2 // indirect
	github.com/klauspost/compress v1.20.4 // indirect
	github.com/x448/float16 v0.8.4 // indirect
	golang.org/x/sys v0.50.0 // indirect
	golang.org/x/tools v0.26.0 // indirect
)

replace github.com/farside-go/farside => ../
