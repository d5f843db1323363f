// Package sshconfig reads the configuration of OpenSSH's client and says what it
// holds for one destination.
//
// It reads as ssh does: the first value of a keyword wins, files are read again for
// Match final, a Host line with a negated pattern that matches is passed over. What
// it does not do is told: [Host.Notes] names each setting that was found and has no
// effect here, with its place.
//
// github.com/kevinburke/ssh_config is not enough for that: it knows neither Match
// final, canonical nor exec, and does not say what it passes over.
package sshconfig
