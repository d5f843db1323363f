// Package proctree starts processes in groups of their own and ends them with all
// that they started.
package proctree
