// Package hello has the lines by which two sides come to know each other before
// they speak anything else: a magic word, a version and key=value fields (P1 to
// P3 of docs/protocol.md).
//
//	near := &hello.Line{Fields: map[string]string{"id": "gw0"}}
//	far, err := near.Exchange(ctx, conn)
package hello
