"""What holds for every test: in CI nothing may be skipped, since there everything that a test needs is installed."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.postgres import NOT_INSTALLED, Cluster, find_programs, running_cluster

# As the program does, before a test loads numpy: a BLAS that wakes a thread on each core doubles the time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
settings.register_profile("no times", deadline=None)  # a busy machine is no bug
settings.load_profile("no times")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") == "true" and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("CI: no test may be skipped; install what the reasons above name", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL server."""
    programs = find_programs()
    if programs is None:
        pytest.skip(NOT_INSTALLED)
    with running_cluster(programs) as cluster:
        yield cluster
