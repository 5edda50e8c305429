#!/usr/bin/env python3
"""Many clients ask a running studio for takes at once: how long the first note takes, and what goes wrong.

    .build/release/clara-studio --port 8317 --sessions /tmp/load.sqlite &
    Benchmarks/studio_load.py --clients 20 --seconds 300

Each client begins a piece with an example and asks again as soon as it has its answer, now from the piece's end, now
from a bar within it, and begins another before the piece is full; with --leaving, one request in ten is left in the
middle, as by a page that is closed. With --check it exits with 1 where an answer fails, the first notes are late or
memory grows. Python's standard library only.
"""

import argparse
import asyncio
import json
import random
import time


class Client:
    def __init__(self, options, number, results):
        self.options, self.results = options, results
        self.random = random.Random(number)

    async def open(self, method, path, body=None):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.options.port)
        data = b"" if body is None else json.dumps(body).encode()
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.options.port}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        while (await reader.readline()).strip():
            pass
        return status, reader, writer

    async def ask(self, method, path, body=None):
        status, reader, writer = await self.open(method, path, body)
        text = (await reader.read()).decode()
        writer.close()
        if text and text[0] not in "{[":  # chunked
            text = "".join(line for line in text.split("\r\n") if line[:1] in "{[")
        return status, json.loads(text) if text else None

    async def begin(self):
        """A new piece: its beginning, and where takes are asked for."""
        status, session = await self.ask("POST", "/api/sessions", {"example": self.options.example})
        assert status == 201, status
        root = session["nodes"][-1]
        return root, f"/api/sessions/{session['id']}/nodes/{root['id']}/takes"

    async def run(self, until):
        answers = 0
        while time.monotonic() < until:
            # A piece has room for 2,000 takes.
            if answers * self.options.takes % 1500 < self.options.takes:
                root, place = await self.begin()
            answers += 1
            body = {
                "takes": self.options.takes, "bars": self.options.bars, "judge": self.options.judge,
                "fromBar": root["bars"] + 1 if self.random.random() < 0.5 else self.random.randint(2, root["bars"]),
            }
            leaves = self.options.leaving and self.random.random() < 0.1
            try:
                await self.takes(place, body, leaves)
            except Exception as error:  # every kind of failure counts
                self.results["errors"].append(repr(error))
            if self.options.pause:
                await asyncio.sleep(self.random.expovariate(1 / self.options.pause))

    async def takes(self, place, body, leaves):
        start = time.monotonic()
        status, reader, writer = await self.open("POST", place, body)
        if status != 200:
            self.results["errors"].append(f"status {status}: {(await reader.read())[:200]}")
            writer.close()
            return
        first, events = None, 0
        ended = False
        while line := await reader.readline():
            if line.startswith(b"event: "):
                name = line[7:].strip()
                events += 1
                if name == b"notes" and first is None and b'"pitch"' in await reader.readline():
                    first = time.monotonic() - start
                    self.results["first"].append(first)
                    if leaves:
                        break
                if name == b"failed":
                    self.results["errors"].append((await reader.readline()).decode())
                ended = ended or name == b"end"
        writer.close()
        if not leaves:
            if not ended:
                self.results["errors"].append("a stream without its end")
            self.results["whole"].append(time.monotonic() - start)


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else float("nan")


async def watch(options, until, sizes):
    while options.pid and time.monotonic() < until:
        sizes.append(memory(options.pid))
        await asyncio.sleep(max(1, options.seconds / 20))


def broken(results, sizes):
    """The promises that were not kept, in words."""
    found = [f"{len(results['errors'])} errors"] if results["errors"] else []
    if not results["first"]:
        found.append("no answers")
    elif quantile(results["first"], 0.99) > 500:
        found.append("the first notes' p99 is above 500 ms")
    warm = sizes[len(sizes) // 4:]
    if warm and warm[-1] > 1.1 * warm[0]:
        found.append(f"memory grew from {warm[0]} to {warm[-1]} MB")
    return found


async def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=8317)
    parser.add_argument("--pid", type=int, help="the server's process, to watch its memory")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--takes", type=int, default=3)
    parser.add_argument("--bars", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0, help="seconds between requests, in the mean")
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--leaving", action="store_true", help="leave one stream in ten")
    parser.add_argument("--example", default="waltz-in-a-minor")
    parser.add_argument("--check", action="store_true", help="fail where a promise is not kept")
    options = parser.parse_args()
    results = {"first": [], "whole": [], "errors": []}
    until, sizes = time.monotonic() + options.seconds, []
    clients = [Client(options, number, results).run(until) for number in range(options.clients)]
    await asyncio.gather(watch(options, until, sizes), *clients)
    print(f"{len(results['first'])} answers, {len(results['errors'])} errors")
    for name in ("first", "whole"):
        values = results[name]
        print(f"{name:6} ms: " + ", ".join(
            f"p{int(share * 100)} {quantile(values, share):.0f}" for share in (0.5, 0.9, 0.99, 1)))
    if sizes:
        print("memory MB:", " ".join(map(str, sizes)))
    for error in sorted(set(results["errors"]))[:5]:
        print("error:", error)
    if options.check and (promises := broken(results, sizes)):
        raise SystemExit("; ".join(promises))


asyncio.run(main())
