// Package sshdial opens connections to SSH servers as OpenSSH's client would: by its
// configuration, with its keys, agent and known hosts, through its jump hosts and
// proxy commands.
//
// Nobody is asked anything and no new host is trusted unless [Settings] say so, and
// the agent is never forwarded.
package sshdial
