// Package typemap makes the runtime's types of those that the type checker found.
//
// Types of compiled packages are found by their symbols, all others are made by
// package rtype. Type parameters are replaced first, by [Subst]: what runs has
// none.
package typemap
