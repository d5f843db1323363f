package embedded

import "reflect"

// IsFS reports whether a type lies in memory as we take embed.FS to.
func IsFS(t reflect.Type) bool { return alike(t, reflect.TypeFor[filesystem]()) }
