"""The two programs that are compared: clara-benchmark, built here, and a Python with its peers."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEERS = ROOT / "Benchmarks" / "peers"


class Trouble(Exception):
    """Something that keeps the benchmark from running, with what to do about it."""


def say(text):
    print(text, file=sys.stderr, flush=True)


class Clara:
    """The path of clara-benchmark."""

    @staticmethod
    def built(continuing):
        """Builds clara-benchmark, and the program clara where it is timed, too."""
        elsewhere = os.environ.get("CLARA_BENCHMARK")
        if elsewhere:
            if not os.access(elsewhere, os.X_OK):
                raise Trouble(f"CLARA_BENCHMARK is {elsewhere}, which is no program")
            return pathlib.Path(elsewhere)
        for product in ["clara-benchmark"] + (["clara"] if continuing else []):
            say(f"Building {product} …")
            # Scripts/setup finds Swift and installs OpenBLAS; all that is built goes to .build.
            done = subprocess.run(
                ["bash", "-c", f". Scripts/setup && swift build -c release --product {product}"],
                cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                raise Trouble(f"{product} could not be built:\n{done.stdout[-3000:]}")
        return ROOT / ".build" / "release" / "clara-benchmark"


class Peer:
    """The path of a Python that can import what Clara is compared with."""

    FOLDER = ROOT / ".build-peer"

    @staticmethod
    def find_or_make(modules):
        """Looks for `modules`, whose packages have the same names, and installs what is missing."""
        named = os.environ.get("CLARA_PEER_PYTHON")
        if named:
            missing = Peer._missing(named, modules)
            if missing:
                raise Trouble(
                    f"CLARA_PEER_PYTHON is {named}, which cannot import {' and '.join(missing)}:"
                    f" {named} -m pip install {' '.join(missing)}, or unset it")
            return named
        python = Peer.FOLDER / "bin" / "python"
        if Peer._missing(python, modules):
            Peer._make(python, modules)
        return str(python)

    @staticmethod
    def _missing(python, modules):
        if not shutil.which(str(python)):
            return modules
        return [
            module for module in modules
            if subprocess.run(
                [python, "-c", f"import {module}"], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL).returncode != 0]

    @staticmethod
    def _make(python, modules):
        if not python.exists():
            made = subprocess.run(
                [sys.executable, "-m", "venv", Peer.FOLDER], capture_output=True, text=True)
            if made.returncode != 0:
                raise Trouble(
                    "python3 -m venv failed (Debian: apt-get install python3-venv):\n"
                    + (made.stdout + made.stderr).strip())
        missing = Peer._missing(python, modules)
        size = " (some GB)" if "torch" in missing else ""
        say(f"Installing {' and '.join(missing)} into {Peer.FOLDER}, once{size} …")
        installed = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *missing], capture_output=True, text=True)
        if installed.returncode != 0 or Peer._missing(python, modules):
            raise Trouble(
                f"{' and '.join(missing)} could not be installed. Is there a network, and room{size}?"
                " Or name a Python that has it:"
                " CLARA_PEER_PYTHON=/path/to/python Benchmarks/run\n"
                + installed.stderr.strip()[-1500:])
