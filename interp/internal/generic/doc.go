// Package generic has the syntax of what is generic in the standard library and
// in farside's own packages.
//
// A compiled program has no symbol for a generic function: it has instances for
// the types that it was compiled with. An interpreter needs the source. What is
// plain Go in the standard library is taken from it, in the folder toolchain; what
// the runtime has a hand in is written anew, in the folder own, upon the compiled
// functions of package native. [Package] joins the two.
package generic
