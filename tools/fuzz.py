"""Feed every parser of outside bytes with what atheris thinks up, by watching which of the program's lines it reaches.

    make fuzz                                       a minute for each parser
    make fuzz OPTIONS="--seconds 600 request page"  ten minutes for two of them

Atheris (libFuzzer) has wheels for Linux, and for macOS with some versions of Python. Where there is none, hypothesis
does it: thousands of examples for each parser, without the watching. What makes a parser fail is printed, and kept in
a file crash-...; add it to SEEDS in tests/fuzzing/parsers.py once it is mended.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

try:
    import atheris
except ImportError:
    atheris = None


def fuzz_one(name: str, seconds: int) -> None:
    """Never returns: libFuzzer ends the process."""
    with atheris.instrument_imports(include=["bot"]):
        from tests.fuzzing.parsers import PARSERS, SEEDS  # noqa: PLC0415 - watched only if imported here
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS[name]):
            (Path(corpus) / str(number)).write_bytes(seed)
        atheris.Setup([name, f"-max_total_time={seconds}", "-max_len=2000", "-timeout=20", corpus], PARSERS[name])
        atheris.Fuzz()


def fuzz_without_atheris() -> int:
    print("atheris has no wheel for this Python or platform; hypothesis takes its place, with 5,000 examples a parser")
    command = [sys.executable, "-m", "pytest", "-q", str(ROOT / "tests/fuzzing")]
    environment = {**os.environ, "FUZZ_EXAMPLES": "5000"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parsers", nargs="*", help="their names; all of them if none is given")
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if atheris is None:
        raise SystemExit(fuzz_without_atheris())
    if options.in_this_process:
        fuzz_one(options.parsers[0], options.seconds)
    failed = []
    for name in options.parsers or find_names():
        command = [sys.executable, __file__, name, "--seconds", str(options.seconds), "--in-this-process"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        runs = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
        print(f"{name:<18} {runs[0] if runs else 'FAILED'}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr)
    raise SystemExit(bool(failed))


def find_names() -> list[str]:
    from tests.fuzzing.parsers import PARSERS  # noqa: PLC0415 - not in the process that fuzzes

    return list(PARSERS)


if __name__ == "__main__":
    main()
