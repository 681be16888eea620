"""A real PostgreSQL cluster for as long as the tests run: in a folder of its own, on a socket of its own.

The server refuses to run as root: then it is started as another user.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NOT_INSTALLED = "PostgreSQL is not installed here (Debian: apt-get install postgresql)"
OTHER_USER = 65534 if os.geteuid() == 0 else None
"""nobody, where the tests run as root."""


class Cluster:
    """One PostgreSQL server, which tests may stop and start."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder

    def create(self) -> None:
        self._run("initdb", "--no-sync", "--auth=trust", "--username=bot", "--encoding=UTF8", "--locale=C", self._data)

    def start(self) -> None:
        settings = f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", self._folder / "log", "-o", settings)

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "stop", "-w", "-D", self._data, "-m", how)

    def create_database(self, name: str) -> str:
        """Make an empty database; gives its address."""
        self._run("psql", "-q", "-h", self._folder, "-U", "bot", "-d", "postgres", "-c", f"CREATE DATABASE {name}")
        return f"postgresql://bot@/{name}?host={self._folder}"

    def pause(self) -> list[int]:
        """Let the server hang: it takes connections and answers nothing. Gives what `resume` needs."""
        server = int((self._data / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server)], stdout=subprocess.PIPE, check=True)
        processes = [server, *map(int, listed.stdout.split())]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        return processes

    def resume(self, processes: list[int]) -> None:
        """Let a server go on that hangs."""
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)

    def bytes_of_tables(self) -> bytes:
        """Give all that stands in the tables' files, once the server has written them."""
        self._run("psql", "-q", "-h", self._folder, "-U", "bot", "-d", "postgres", "-c", "CHECKPOINT")
        return b"".join(path.read_bytes() for path in (self._data / "base").rglob("*") if path.is_file())

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(
            command, user=OTHER_USER, cwd=self._folder, env={"PATH": os.environ["PATH"]}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{program}: {done.stderr}"


def find_programs() -> Path | None:
    """Find the folder that holds initdb: Debian keeps it off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@contextmanager
def running_cluster(programs: Path) -> Iterator[Cluster]:
    """Run a server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if OTHER_USER is not None:
        os.chown(folder, OTHER_USER, -1)
    cluster = Cluster(programs, folder)
    cluster.create()
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
