// Package filelock locks whole files against other processes.
package filelock
