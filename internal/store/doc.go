// Package store keeps programs in a folder, by the SHA-256 of their bytes, so that a
// far side is sent a program once and finds it there the next time (B2).
//
// What is under a program's name is complete: it is written to a temporary name and
// renamed. It is what its name says: its bytes are hashed before it is first used in
// a process, and again when its file has changed since. It is private: the folder
// and all in it belong to this user, nobody else may write there, and no symbolic
// link is followed.
//
// Several processes may share a folder. There is no lock on the folder, so that none
// of them can hold up the others. In it are
//
//	HASH                    a program (HASH.exe on Windows)
//	HASH.used               locked while the program is in use; its time is that of the last use
//	put-PID-RANDOM.part     a program that is being put by the process PID
//	put-PID-RANDOM.lock     locked until that has ended
//
// and what is not named so is left alone. The system lets go of a process's locks
// when it ends, however it ends, so a .part whose .lock is free is a leftover: pids
// are for people to read, since they come again and mean nothing in a container.
//
// # Text file busy
//
// Unix refuses to start a program while anybody has its file open for writing, and a
// child process has a copy of its parent's descriptors from the fork until its exec,
// also of those that are closed on exec (golang/go#22315). Put therefore locks the
// file through the descriptor it writes to. That lock ends when the last copy of the
// descriptor is closed, so Put closes its own and waits until it can have the lock
// anew through one that only reads. Then it renames: a file that has a program's name
// is open for writing nowhere, in no process, and starting it needs no second try.
// (The kernel ends the lock a moment before it counts one writer less, in one go. A
// rename, a fork and more lie between the two and the start of the program.)
package store
