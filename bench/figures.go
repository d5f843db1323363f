package main

import "slices"

const blockSize = 256 << 10

// figures are the rows, with what each is to reach. Without hosts those of SSH are left
// out.
func figures(peer *execnet, server *server, h *hosts) []figure {
	rows := slices.Concat(popenFigures(peer), builtFigures(), socketFigures(peer, server))
	if h != nil {
		rows = append(rows, sshFigures(peer, h)...)
	}
	return rows
}

func popenFigures(peer *execnet) []figure {
	return []figure{
		{
			work: "small item there and back", unit: "us",
			floor: floorRoundTrip, farside: roundTrip(compiled, echoNative), execnet: peer.of("roundtrip", 10000),
			reach:   "<= 1.8 floor, 0.6 execnet",
			reached: func(fl, fs, ex float64) bool { return fs <= 1.8*fl && fs <= 0.6*ex },
		},
		{
			work: "the same, far side interpreted", unit: "us",
			floor: floorRoundTrip, farside: roundTrip(interpreted, echoSource), execnet: peer.of("roundtrip", 10000),
			reach:   "<= 0.6 execnet",
			reached: func(_, fs, ex float64) bool { return fs <= 0.6*ex },
		},
		{
			work: "small items one way", unit: "M/s",
			farside: oneWay(compiled, sinkNative, 2_000_000, 42, 1e-6), execnet: peer.of("small", 100_000),
			reach:   ">= 1.5 M/s, 8 execnet",
			reached: func(_, fs, ex float64) bool { return fs >= 1.5 && fs >= 8*ex },
		},
		{
			work: "the same, far side interpreted", unit: "M/s",
			farside: oneWay(interpreted, sinkSource, 400_000, 42, 1e-6), execnet: peer.of("small", 100_000),
			reach:   ">= 1 execnet",
			reached: func(_, fs, ex float64) bool { return fs >= ex },
		},
		{
			work: "256 KiB items one way", unit: "GB/s",
			floor:   floorBlocks,
			farside: oneWay(compiled, sinkNative, 8000, make([]byte, blockSize), blockSize/1e9), execnet: peer.of("blocks", 4000),
			reach:   ">= 2.0 GB/s, 1.5 execnet",
			reached: func(_, fs, ex float64) bool { return fs >= 2 && fs >= 1.5*ex },
		},
		{
			work: "open popen, first result of a Source", unit: "ms",
			floor: floorStart, farside: firstResult(interpreted, "return 1"), execnet: peer.of("first", 10),
			reach:   "<= 0.5 execnet",
			reached: func(_, fs, ex float64) bool { return fs <= 0.5*ex },
		},
		{
			work: "exec of a one-line Source again", unit: "us",
			farside: execAgain, execnet: peer.of("again", 2000),
			reach:   "<= 1.0 execnet",
			reached: func(_, fs, ex float64) bool { return fs <= ex },
		},
		{
			work: "call of a registered function", unit: "us",
			floor: roundTrip(compiled, echoNative), farside: callAgain, execnet: peer.of("again", 2000),
			reach:   "<= 2 items, 0.5 execnet",
			reached: func(item, fs, ex float64) bool { return fs <= 2*item && fs <= 0.5*ex },
		},
		{
			work: "open 20 gateways at once, close them", unit: "ms",
			farside: many(20), execnet: func(int) (float64, error) { return peer.measure("many", 20) },
			reach:   "<= 0.25 execnet",
			reached: func(_, fs, ex float64) bool { return fs <= 0.25*ex },
		},
		{
			work: "worker's resident memory, idle", unit: "MB",
			farside: resident,
			reach:   "<= 25 MB",
			reached: func(_, fs, _ float64) bool { return fs <= 25 },
		},
		{
			work: "a channel's memory, idle, both sides", unit: "KB",
			farside: channelMemory,
			reach:   "<= 16 KB",
			reached: func(_, fs, _ float64) bool { return fs <= 16 },
		},
	}
}

// socketFigures are those of socket gateways. Their floor is the same over popen, but
// for large items, where it is TLS itself.
func socketFigures(peer *execnet, server *server) []figure {
	return []figure{
		{
			work: "socket, TLS: open, first result", unit: "ms",
			floor: firstResult(compiled, oneNative), farside: firstResult(server.open, oneNative),
			reach:   "<= 2 popen",
			reached: func(popen, fs, _ float64) bool { return fs <= 2*popen },
		},
		{
			work: "the same, worker to be sent", unit: "ms",
			floor: firstResult(server.open, oneNative), farside: firstResult(server.openFresh, oneNative),
			reach:   "<= 350 ms more",
			reached: func(there, fs, _ float64) bool { return fs <= there+350 },
		},
		{
			work: "socket, TLS: small item there and back", unit: "us",
			floor: roundTrip(compiled, echoNative), farside: roundTrip(server.open, echoNative), execnet: peer.of("socket", 10000),
			reach:   "<= 2.5 popen, 1.2 execnet",
			reached: func(popen, fs, ex float64) bool { return fs <= 2.5*popen && fs <= 1.2*ex },
		},
		{
			work: "socket, TLS: 256 KiB items one way", unit: "GB/s",
			floor:   floorTLS,
			farside: oneWay(server.open, sinkNative, 4000, make([]byte, blockSize), blockSize/1e9),
			reach:   ">= 0.6 raw TLS",
			reached: func(tls, fs, _ float64) bool { return fs >= 0.6*tls },
		},
		{
			work: "socketserver's resident memory, idle", unit: "MB",
			farside: server.resident,
			reach:   "<= 15 MB",
			reached: func(_, fs, _ float64) bool { return fs <= 15 },
		},
	}
}
