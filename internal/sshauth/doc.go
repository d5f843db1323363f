// Package sshauth shows an SSH server who is here: with the keys that the configuration
// names, those in the agent, certificates, and what a person answers.
package sshauth
