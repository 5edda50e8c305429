"""Runs measurements one after the other, each as a process of its own, and tells how far it is."""

import dataclasses
import json
import os
import shlex
import statistics
import subprocess
import time

from .programs import PEERS, ROOT, Trouble, say


@dataclasses.dataclass(frozen=True)
class Job:
    """One measurement: a command that prints JSON."""

    name: str
    #: "clara", "peer" or "continue"
    program: str
    arguments: list
    #: How long it should take: for the time left, until it has run once.
    seconds: float
    environment: dict = dataclasses.field(default_factory=dict)
    #: None for those of the session.
    threads: int | None = None


class Session:
    """One run of the benchmark: its options, its programs and its results."""

    def __init__(self, options):
        self.options = options
        self.rounds = options.rounds or (2 if options.quick else 5)
        self.clara = None
        self.peer = None
        self.torch = None
        #: Names of the groups that could not be measured.
        self.failures = []
        self._seconds = {}
        self._started = time.monotonic()

    def measure(self, groups):
        """All rows of the groups, and by group what was measured for them.

        A group that cannot be measured is told of, and the others go on; see `failures`.
        """
        rows, details = [], {}
        for index, group in enumerate(groups):
            later = sum(self._guess(other) for other in groups[index + 1 :])
            try:
                results = self._measure(group, later)
                rows += group.rows(results)
                details[group.name] = results
            except Trouble as trouble:
                self.failures.append(group.name)
                say(f"{group.name} could not be measured: {trouble}")
        return rows, details

    def _guess(self, group):
        return group.scouting_seconds + self.rounds * group.round_seconds

    def _measure(self, group, later):
        """Scouts the peer's settings, then runs the group's jobs in turn, round after round."""
        results = {}
        for job in group.scouts():
            self._tell(job, "PyTorch's settings", self._guess(group) + later)
            results[job.name] = [self.run(job)]
        for round in range(self.rounds):
            jobs = group.jobs(results, is_first=round == 0)
            for job in jobs:
                rest = sum(self._expected(other) for other in jobs[jobs.index(job) :])
                rounds_left = (self.rounds - 1 - round) * sum(map(self._expected, jobs))
                self._tell(job, f"round {round + 1} of {self.rounds}", rest + rounds_left + later)
                results.setdefault(job.name, []).append(self.run(job))
        return results

    def _expected(self, job):
        return statistics.median(self._seconds.get(job.name) or [job.seconds])

    def _tell(self, job, place, seconds):
        left = f"{seconds / 60:.0f} min" if seconds > 90 else f"{seconds:.0f} s"
        say(f"{time.monotonic() - self._started:5.0f} s  {job.name}, {place}; about {left} left")

    def run(self, job):
        """What the job's command printed."""
        start = time.monotonic()
        environment = os.environ | self._thread_settings() | job.environment
        command = shlex.split(self.options.wrapper) + self._command(job)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        if done.returncode != 0:
            raise Trouble(
                f"{job.name} failed: {shlex.join(command)}\n{done.stderr.strip()[-1500:]}")
        self._seconds.setdefault(job.name, []).append(time.monotonic() - start)
        result = json.loads(done.stdout.strip().splitlines()[-1])
        self.torch = result.get("torch", self.torch)
        return result

    def _command(self, job):
        arguments = [str(argument) for argument in job.arguments]
        threads = ["--threads", str(job.threads or self.options.threads)]
        if job.program == "clara":
            return [str(self.clara), *arguments, *threads]
        if job.program == "peer":
            script = str(PEERS / arguments[0])
            return [self.peer, script, *arguments[1:], *threads]
        return [str(ROOT / "Benchmarks" / "continue.py"), *arguments]

    def _thread_settings(self):
        threads = str(self.options.threads)
        names = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
                 "VECLIB_MAXIMUM_THREADS"]
        return {name: threads for name in names}
