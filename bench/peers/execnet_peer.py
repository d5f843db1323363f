"""Measures execnet: reads lines "WORK N", prints one number for each."""

import os
import sys
import time

import execnet

ECHO = "while 1: channel.send(channel.receive())"
SINK = "for _ in range(channel.receive()): channel.receive()\nchannel.send(0)"


def per(n, unit, operation):
    start = time.perf_counter()
    for _ in range(n):
        operation()
    return (time.perf_counter() - start) / n / unit


def roundtrip(n):
    gw = execnet.makegateway("popen")
    result = echo(gw, n)
    gw.exit()
    return result


def socket_roundtrip(n):
    group = execnet.Group()
    group.makegateway("popen//id=host")
    result = echo(group.makegateway("socket//installvia=host"), n)
    group.terminate(timeout=10)
    return result


def echo(gw, n):
    ch = gw.remote_exec(ECHO)

    def operation():
        ch.send(42)
        ch.receive()

    operation()
    return per(n, 1e-6, operation)


def oneway(n, item):
    gw = execnet.makegateway("popen")
    ch = gw.remote_exec(SINK)
    ch.send(n)
    start = time.perf_counter()
    for _ in range(n):
        ch.send(item)
    ch.receive()
    elapsed = time.perf_counter() - start
    gw.exit()
    return n / elapsed


def first(n, spec="popen"):
    total = 0
    for _ in range(n):
        begin = time.perf_counter()
        gw = execnet.makegateway(spec)
        gw.remote_exec("channel.send(1)").receive()
        total += time.perf_counter() - begin
        gw.exit()
    return total / n / 1e-3


def ssh(n):
    config = os.environ["FARSIDE_BENCH_SSH_CONFIG"]
    return first(n, f"ssh=far0//ssh_config={config}//python={sys.executable}")


def again(n):
    gw = execnet.makegateway("popen")
    result = per(n, 1e-6, lambda: gw.remote_exec("channel.send(1)").receive())
    gw.exit()
    return result


def many(n):
    begin = time.perf_counter()
    group = execnet.Group(["popen"] * n)
    group.terminate(timeout=10)
    return (time.perf_counter() - begin) / 1e-3


WORKS = {
    "roundtrip": roundtrip,
    "socket": socket_roundtrip,
    "small": lambda n: oneway(n, 42) / 1e6,
    "blocks": lambda n: oneway(n, b"x" * (256 << 10)) * (256 << 10) / 1e9,
    "first": first,
    "ssh": ssh,
    "again": again,
    "many": many,
}

for line in sys.stdin:
    work, count = line.split()
    print(WORKS[work](int(count)), flush=True)
