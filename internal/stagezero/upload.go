package stagezero

import "context"

// upload sends the worker to the place that the far side has told. Behind it nothing
// is said before the answer.
func (t *talk) upload(tools []string) error {
	packing := packingFor(tools)
	var parcel *parcel
	err := t.Here(func(context.Context) (err error) {
		parcel, err = pack(t.worker, packing)
		return err
	})
	if err != nil {
		return err
	}
	packed := parcel.bytes
	if err := t.say("put", t.worker.Hash, t.worker.Size, packing, len(packed)); err != nil {
		return err
	}
	const chunk = 64 << 10
	for sent := 0; sent < len(packed); {
		n, err := t.conn.Write(packed[sent:min(sent+chunk, len(packed))])
		if err != nil {
			return t.silenced(err)
		}
		sent += n
		t.Alive()
		t.Progress(int64(float64(t.worker.Size)*float64(sent)/float64(len(packed))), t.worker.Size)
	}
	return nil
}
