// Package framed carries channels of frames over one byte stream: it opens and ends
// them, finds them by their ids, and gives their frames in order. What a frame means is
// for the layer above, which is each channel's [Owner].
package framed
