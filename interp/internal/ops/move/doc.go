// Package move has the instructions that move things as they are: values between
// places in the frame and memory, and the program from one instruction to another.
//
// In all packages of instructions, offsets are places in the frame, and d is where
// a result goes.
package move
