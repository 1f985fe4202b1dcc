"""Wherever the work is done, the bytes are the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.project import Project, project
from wirebook import executor, work
from wirebook.job import Job, Setup, Unusable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = project(tmp_path)
    made.second_provider()
    return made


def setup(root: Path, tool: str = "other") -> Setup:
    return Setup(package="p", docs=False, tool=tool, root=root, templates=None)


def job(size: int) -> Job:
    return Job(setup(Path()), {"specs/a/provider.yaml": b"#" * size})


def run(ping: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a fork of a test run would copy all its threads."""
    return subprocess.run(
        [sys.executable, "-m", "wirebook", *arguments],
        cwd=ping.root,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("where", ["processes", "processes:2", "processes:1"])
def test_processes_make_the_same_bytes(ping: Project, where: str) -> None:
    ping.generate("--executor", "here", "--no-cache")
    tree = ping.tree()
    done = run(ping, "generate", "--no-cache", "--output", "other", "--executor", where)
    assert done.returncode == 0, done.stderr
    assert ping.tree("other") == tree


def test_problems_come_back_from_processes(ping: Project) -> None:
    ping.replace("specs/pong/provider.yaml", "table: ping_status", "table: pong_status")
    alone = run(ping, "check", "--executor", "here")
    assert alone.returncode == 1
    assert run(ping, "check", "--executor", "processes:2").stdout == alone.stdout


@pytest.mark.parametrize(
    "where", ["", "cloud", "processes:0", "processes:x", "here:1", "dask:x"]
)
def test_an_unknown_executor_is_refused(ping: Project, where: str) -> None:
    result = ping.run("generate", "--executor", where or "nowhere")
    assert result.exit_code == 2
    assert "use here, processes" in result.stderr


def test_processes_are_started_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "cores", lambda: 2)
    suitable: Any = executor._suitable
    much = executor.PAYS + 1
    assert suitable([job(much), job(much)]) == "processes"
    assert suitable([job(much)]) == "here"
    assert suitable([job(much), job(9)]) == "here"
    monkeypatch.setattr(executor, "cores", lambda: 1)
    assert suitable([job(much), job(much)]) == "here"


def test_a_worker_that_is_another_tool_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="another wirebook"):
        work.make(Job(setup(tmp_path), {}))


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two worker processes."""
    code = (
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True,\n"
        "                      dashboard_address=None) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip().removeprefix("tcp://")
        process.communicate("\n")


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(ping: Project, cluster: str) -> None:
    ping.generate("--executor", "here", "--no-cache")
    done = run(
        ping,
        *("generate", "--no-cache", "--output", "other"),
        *("--executor", f"dask://{cluster}"),
    )
    assert done.returncode == 0, done.stderr
    assert ping.tree("other") == ping.tree()


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_named(
    ping: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    done = run(ping, "check", "--executor", "dask://127.0.0.1:9")
    assert done.returncode == 2
    assert "no Dask scheduler answers at 127.0.0.1:9" in done.stderr
