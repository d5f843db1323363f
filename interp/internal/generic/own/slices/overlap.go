// Package slices has what the standard package of that name does with unsafe.
package slices

// overlaps reports whether a and b share memory. Elements of one array are never
// halfway on top of each other, so one slice begins inside the other.
func overlaps[E any](a, b []E) bool {
	return len(a) > 0 && len(b) > 0 && (contains(a, &b[0]) || contains(b, &a[0]))
}

// contains reports whether p points to an element of s.
func contains[E any](s []E, p *E) bool {
	for i := range s {
		if p == &s[i] {
			return true
		}
	}
	return false
}
