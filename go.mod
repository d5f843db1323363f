module github.com/farside-go/farside

go 1.26.0

require (
	github.com/fxamacker/cbor/v2 v2.9.6
	github.com/hashicorp/yamux v0.1.2
	github.com/traefik/yaegi v0.16.1
)

require github.com/x448/float16 v0.8.4 // indirect
