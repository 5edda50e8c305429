"""A stand-in for clara-studio with takes made by rule, to work on the page without Swift.

    python3 Tests/StudioPageTests/stub_server.py [--port 8017] [--pace SECONDS_A_BAR] [--no-sound]

It keeps sessions in memory and speaks the routes that the page uses; the real server is the measure.
"""

import argparse
import io
import json
import math
import mimetypes
import random
import re
import struct
import sys
import threading
import time
import uuid
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from stub_midi import midi_file, read_midi

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "Sources/Studio/Page"
EXAMPLES = ROOT / "Examples"
POLICY = ("default-src 'self'; img-src 'self' data:; base-uri 'none'; "
          "frame-ancestors 'none'; form-action 'none'")
VOICES = [
    {"name": "piano", "styles": ["chopin", "mozart", "bach", "romantic"], "default": True,
     "instruments": [{"name": "Piano", "program": 0}]},
    {"name": "duet", "styles": [], "default": False,
     "instruments": [{"name": "Piano", "program": 0}, {"name": "Violin", "program": 40}]},
]


class Problem(Exception):
    """A client's mistake, told with a status."""

    def __init__(self, message, status=400):
        super().__init__(message)
        self.status = status


class Studio:
    """Sessions, jobs and the rule by which takes are made."""

    def __init__(self, pace, sound):
        self.sessions, self.cancelled = {}, set()
        self.pace, self.sound = pace, sound
        self.lock = threading.Lock()

    def session(self, key):
        if key not in self.sessions:
            raise Problem("There is no such session; it may have been deleted.", 404)
        return self.sessions[key]

    def node(self, session, key):
        for node in session["nodes"]:
            if node["id"] == key:
                return node
        raise Problem("There is no such take; it may have been deleted.", 404)

    def new_session(self, title="", tempo=100, meter="4/4", parts=None, example=None):
        root = make_node(None, "root", 1, 0, [])
        session = {"id": uuid.uuid4().hex[:8], "title": title or "Untitled", "created": time.time(),
                   "changed": time.time(), "tempo": tempo, "meter": meter, "root": root["id"],
                   "parts": parts or [{"name": "Piano", "program": 0}], "nodes": [root]}
        self.sessions[session["id"]] = session
        if example:
            path = EXAMPLES / f"{Path(example).name}.mid"
            session["title"] = path.stem.replace("-", " ").capitalize()
            self.add_file(session, root["id"], 1, path.read_bytes(), "")
        return session

    def add_file(self, session, parent, from_bar, data, name):
        if data[:4] != b"MThd":
            raise Problem("This is no MIDI file: it does not begin with MThd.")
        notes, tempo, meter = read_midi(data)
        bar = bar_length(meter)
        if parent == session["root"] and from_bar == 1:
            session["tempo"], session["meter"] = tempo, meter
        start = (from_bar - 1) * bar_length(session["meter"])
        end = max((n["onset"] + n["duration"] for n in notes), default=0)
        for note in notes:
            note["onset"] += start
        node = make_node(parent, "file", from_bar, math.ceil(end / bar - 1e-6), notes, name)
        session["nodes"].append(node)
        return node

    def piece(self, session, key):
        path = []
        while key is not None:
            node = self.node(session, key)
            path.insert(0, node)
            key = node["parent"]
        bar, notes = bar_length(session["meter"]), []
        for place, node in enumerate(path):
            cut = (path[place + 1]["fromBar"] - 1) * bar if place + 1 < len(path) else math.inf
            notes += [n | {"duration": min(n["duration"], cut - n["onset"])}
                      for n in node["notes"] if n["onset"] < cut - 1e-6]
        return sorted(notes, key=lambda n: (n["onset"], n["pitch"]))


def make_node(parent, kind, from_bar, bars, notes, name="", raw=None, take=None):
    return {"id": uuid.uuid4().hex[:8], "parent": parent, "kind": kind, "name": name,
            "annotation": "", "pinned": False, "deleted": False, "fromBar": from_bar, "bars": bars,
            "notes": notes, "raw": raw, "tempos": [], "meters": [], "take": take,
            "created": time.time()}


def bar_length(meter):
    beats, unit = meter.split("/")
    return int(beats) * 4 / int(unit)


def invented_bar(random_, start, bar, before):
    """A bar that wanders from the pitches before it."""
    notes, at, pitch = [], start, before[-1] if before else 79
    scale = [0, 2, 4, 5, 7, 9, 11]
    while at < start + bar - 1e-6:
        length = min(random_.choice([0.5, 0.5, 1, 1, 1.5]), start + bar - at)
        pitch = max(72, min(91, pitch + random_.choice([-4, -2, -2, -1, 1, 2, 2, 3, 5])))
        pitch = min(range(128), key=lambda p: (p % 12 not in scale, abs(p - pitch)))
        notes.append(dict(pitch=pitch, onset=at, duration=length, velocity=70, part=0))
        at += length
    root = random_.choice([48, 53, 55, 45])
    for step in (0, 7, 12, 16):
        notes.append(dict(pitch=root + step, onset=start, duration=bar, velocity=55, part=0))
    before.append(pitch)
    return notes


def tone(pitch):
    rate, frequency = 22050, 440 * 2 ** ((pitch - 69) / 12)
    samples = b"".join(struct.pack("<h", int(12000 * math.exp(-i / rate * 1.5) * (
        math.sin(2 * math.pi * frequency * i / rate)
        + 0.3 * math.sin(4 * math.pi * frequency * i / rate)))) for i in range(rate * 3))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(samples)
    return file.getvalue()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    studio: Studio

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, kind="application/json", more=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in [("Content-Type", kind), ("Content-Length", str(len(data))),
                            ("Content-Security-Policy", POLICY), ("Cache-Control", "no-store"), *more]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def handle_method(self):
        url = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            for method, pattern, work in ROUTES:
                found = re.fullmatch(pattern, url.path)
                if method == self.command and found:
                    return work(self, *map(unquote, found.groups()))
            raise Problem(f"There is nothing at {url.path}.", 404)
        except Problem as problem:
            self.answer({"error": {"message": str(problem)}}, problem.status)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = do_PATCH = do_DELETE = handle_method

    @property
    def json(self):
        return json.loads(self.body or b"{}")

    def page(self, name="index.html"):
        path = (PAGE / name).resolve()
        if PAGE not in path.parents or not path.is_file():
            raise Problem("There is no such file.", 404)
        self.answer(path.read_bytes(), kind=mimetypes.guess_type(path)[0] or "text/plain")

    def sound(self):
        advice = None if self.studio.sound else (
            "No SoundFont is installed, so you hear a plain tone. "
            "On Debian or Ubuntu: apt-get install timgm6mb-soundfont")
        self.answer({"soundFont": "stub" if self.studio.sound else None, "advice": advice,
                     "programs": [0, 40] if self.studio.sound else []})

    def sample(self, program, pitch):
        if not self.studio.sound:
            raise Problem("No SoundFont is installed.", 404)
        self.answer(tone(int(pitch)), kind="audio/wav")

    def examples(self):
        names = sorted(path.stem for path in EXAMPLES.glob("*.mid"))
        self.answer([{"name": n, "title": n.replace("-", " ").capitalize()} for n in names])

    def list_sessions(self):
        rows = sorted(self.studio.sessions.values(), key=lambda s: -s["changed"])
        self.answer([{k: s[k] for k in ("id", "title", "created", "changed")} | {
            "nodes": sum(not n["deleted"] for n in s["nodes"]) - 1,
            "bars": max(n["fromBar"] + n["bars"] - 1 for n in s["nodes"])} for s in rows])

    def create_session(self):
        self.answer(self.studio.new_session(**self.json), 201)

    def get_session(self, key):
        self.answer(self.studio.session(key))

    def patch_session(self, key):
        session = self.studio.session(key)
        session.update(self.json, changed=time.time())
        self.answer({k: v for k, v in session.items() if k != "nodes"})

    def delete_session(self, key):
        self.studio.session(key)
        del self.studio.sessions[key]
        self.answer({})

    def add_node(self, key):
        session = self.studio.session(key)
        session["changed"] = time.time()
        if self.headers.get("Content-Type", "").startswith("audio/midi"):
            return self.answer(self.studio.add_file(
                session, self.query["parent"], int(self.query.get("fromBar", 1)), self.body,
                self.query.get("name", "")), 201)
        given = self.json
        self.studio.node(session, given["parent"])
        node = make_node(given["parent"], "played", given["fromBar"], given.get("bars", 1),
                         given["notes"], given.get("name", ""), given.get("raw"))
        session["nodes"].append(node)
        self.answer(node, 201)

    def patch_node(self, key, node):
        found = self.studio.node(self.studio.session(key), node)
        found.update(self.json)
        self.answer(found)

    def delete_node(self, key, node):
        self.mark(key, node, True)

    def restore_node(self, key, node):
        self.mark(key, node, False)

    def mark(self, key, node, deleted):
        session = self.studio.session(key)
        below = {self.studio.node(session, node)["id"]}
        for each in session["nodes"]:
            if each["parent"] in below:
                below.add(each["id"])
        for each in session["nodes"]:
            if each["id"] in below:
                each["deleted"] = deleted
        self.answer(session)

    def cancel(self, job):
        self.studio.cancelled.add(job)
        self.answer({})

    def export(self, key, node):
        session = self.studio.session(key)
        notes = self.studio.piece(session, node)
        form = self.query.get("format", "mid")
        data = midi_file(notes, session) if form == "mid" else tone(60)
        self.answer(data, kind="application/octet-stream", more=[
            ("Content-Disposition", f'attachment; filename="piece.{form}"')])

    def library(self, key, node):
        self.answer({"title": self.studio.session(key)["title"]}, 201)

    def takes(self, key, parent):
        session, asked = self.studio.session(key), self.json
        self.studio.node(session, parent)
        if asked.get("voice") not in [v["name"] for v in VOICES]:
            raise Problem("There is no such voice. There are: piano, duet.")
        job = uuid.uuid4().hex[:8]
        seeds = [(asked.get("seed") or 1) + i for i in range(asked["takes"])]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.event("begun", {"job": job, "seeds": seeds})
        bar = bar_length(session["meter"])
        made = [[] for _ in seeds]
        state = [(random.Random(seed), []) for seed in seeds]
        last = asked["fromBar"] + asked["bars"] - 1
        for number in range(asked["fromBar"], last + 1):
            for take, (random_, before) in enumerate(state):
                notes = invented_bar(random_, (number - 1) * bar, bar, before)
                made[take] += notes
                if job in self.studio.cancelled:
                    return self.event("end", {})
                self.event("notes", {"take": take, "notes": notes, "bar": number, "of": last})
                time.sleep(self.studio.pace / len(seeds))
        nodes = []
        for take, seed in enumerate(seeds):
            facts = {"voice": asked["voice"], "style": asked.get("style"), "seed": seed,
                     "temperature": asked.get("temperature", 0.9), "logProbabilityPerNote": -3.2,
                     "originality": None, "human": None}
            nodes.append(make_node(parent, "take", asked["fromBar"], asked["bars"],
                                   sorted(made[take], key=lambda n: n["onset"]), take=facts))
            session["nodes"].append(nodes[-1])
            self.event("take", {"take": take, "node": nodes[-1]})
        for take, node in enumerate(nodes):
            node["take"]["originality"] = {"notes": 7 + 9 * take, "source": "Chopin, Waltz op. 64/2"}
            node["take"]["human"] = 0.31 + 0.17 * take
            self.event("judged", {"node": node["id"]} | {
                k: node["take"][k] for k in ("originality", "human")})
        self.event("end", {})

    def event(self, name, data):
        self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()
        self.close_connection = True


SESSION, NODE = r"/api/sessions/([^/]+)", r"/api/sessions/([^/]+)/nodes/([^/]+)"
ROUTES = [
    ("GET", "/", Handler.page), ("GET", "/page/(.+)", Handler.page),
    ("GET", "/api/voices", lambda self: self.answer(VOICES)), ("GET", "/api/sound", Handler.sound),
    ("GET", r"/api/sound/(\d+)/(\d+)", Handler.sample), ("GET", "/api/examples", Handler.examples),
    ("GET", "/api/sessions", Handler.list_sessions), ("POST", "/api/sessions", Handler.create_session),
    ("GET", SESSION, Handler.get_session), ("PATCH", SESSION, Handler.patch_session),
    ("DELETE", SESSION, Handler.delete_session), ("POST", SESSION + "/nodes", Handler.add_node),
    ("PATCH", NODE, Handler.patch_node), ("DELETE", NODE, Handler.delete_node),
    ("POST", NODE + "/restore", Handler.restore_node), ("POST", NODE + "/takes", Handler.takes),
    ("GET", NODE + "/export", Handler.export), ("POST", NODE + "/library", Handler.library),
    ("DELETE", r"/api/jobs/([^/]+)", Handler.cancel),
]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Browsers close connections as they like; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def serve(port=0, pace=0.15, sound=True):
    """A server on its own thread; `server_port` tells where."""
    handler = type("StubHandler", (Handler,), {"studio": Studio(pace, sound)})
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8017)
    parser.add_argument("--pace", type=float, default=0.15, help="seconds a bar")
    parser.add_argument("--no-sound", action="store_true")
    flags = parser.parse_args()
    started = serve(flags.port, flags.pace, not flags.no_sound)
    print(f"http://127.0.0.1:{started.server_port}", flush=True)
    threading.Event().wait()
