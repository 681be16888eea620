"""A command and its arguments in, its exit status out: `python -m bot.playground.parent_watch COMMAND ...`.

When standard input closes, because whoever held its other end let go or was killed, the command is asked to end. So no
bot outlives its playground, and the bot need not know that there is one. Uses nothing but what every system has.
"""

import signal
import subprocess
import sys
import threading

PATIENCE = 10.0
"""Seconds before a command that was asked to end is made to."""


def run_on_leash(command: list[str]) -> int:
    """Run the command until it ends, or until standard input closes."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the holder, who then lets go
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    threading.Thread(target=_end_when_let_go, args=(process,), daemon=True).start()
    status = process.wait()
    return status if status >= 0 else 128 - status


def _end_when_let_go(process: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


if __name__ == "__main__":
    sys.exit(run_on_leash(sys.argv[1:]))
