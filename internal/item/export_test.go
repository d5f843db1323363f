package item

// DecodeUnchecked decodes without judging the bytes as a whole first: the decoder alone
// must hold, on a machine where the check counts otherwise as well.
func (c *Codec) DecodeUnchecked(data []byte, dst *any) error {
	d := &decoder{c: c, data: data}
	x, err := d.any()
	*dst = x
	return err.done()
}

// SkipUnchecked passes over one value and gives its size.
func (c *Codec) SkipUnchecked(data []byte) (int, error) {
	d := &decoder{c: c, data: data}
	err := d.skip()
	return d.pos, err.done()
}
