"""What stands around the program: the workflow that checks it and the unit that runs it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "docs" / "flatcar-faq.service"
JOBS = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"]


@pytest.mark.parametrize("name", JOBS)
def test_the_workflow_uses_pinned_actions_and_may_only_read(name: str) -> None:
    assert JOBS[name]["permissions"] == {"contents": "read"}
    used = [step["uses"] for step in JOBS[name]["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_dependency_is_pinned_with_its_hash(path: Path) -> None:
    packages = re.split(r"\n(?=\S)", path.read_text().strip())
    assert packages
    for package in packages:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==", package), package[:80]
        assert "--hash=sha256:" in package, package[:80]


def test_settings_that_the_unit_and_its_page_name_exist() -> None:
    example = (ROOT / ".env.example").read_text()
    told = UNIT.read_text() + (ROOT / "docs/operations.md").read_text()
    for name in ("DATA_PATH", "METRICS_PORT", "LINE_LOST_MINUTES", "RETENTION_DAYS", "LOG_LEVEL"):
        assert name in told
        assert f"#{name}=" in example


def test_systemd_understands_the_unit_and_finds_it_narrow(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        # Not for CI alone to install: a container has no use for systemd. The unit's lines are checked below.
        assert_narrow(UNIT.read_text())
        return
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/flatcar-faq/.venv/bin/flatcar-faq", "/bin/true"))
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    asked = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", unit]
    narrow = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert narrow.returncode == 0, narrow.stdout[-300:]


def assert_narrow(unit: str) -> None:
    for line in ("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "SystemCallFilter=@system-service"):
        assert line in unit
