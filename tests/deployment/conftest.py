"""The services of compose.yaml as processes of this machine, on PostgreSQL behind TLS."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.deployment.compose_commands import Containers, services
from tests.deployment.proxy import CADDY, NO_CADDY
from tests.stack.postgresql import cluster_url
from tests.stack.processes import ROOT, Process, running
from wargame.embedded.ports import answers, free_port
from wargame.embedded.redis_server import redis_binary

TAKES_A_WORKER = ("worker", "worker-simulations")


@dataclass
class Deployment:
    """The started services, and the addresses of those that answer."""

    containers: Containers
    folder: Path
    processes: dict[str, Process] = field(default_factory=dict)
    metrics: dict[str, int] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def another(self, service: str, port: int) -> Iterator[Process]:
        """One more container of a service, on `port` of this machine."""
        described = services()[service]
        command = self.containers.command(described["command"], port)
        env = self.containers.environment(described)
        with running(f"{service}-{port}", command, self.folder, env=env) as process:
            process.wait_until(lambda: answers("127.0.0.1", port), seconds=90)
            yield process

    def run(self, service: str) -> subprocess.CompletedProcess[str]:
        """Run a service that ends by itself."""
        described = services()[service]
        return subprocess.run(
            self.containers.command(described["command"]),
            cwd=ROOT,
            env=self.containers.environment(described),
            capture_output=True,
            text=True,
            check=False,
        )

    def healthy(self, service: str) -> bool:
        """Run the health check of a service as its container would."""
        described = services()[service]
        done = subprocess.run(
            self.containers.command(described["healthcheck"]["test"], self.ports.get(service)),
            cwd=ROOT,
            env=self.containers.environment(described),
            capture_output=True,
            check=False,
        )
        return done.returncode == 0


@pytest.fixture(scope="package")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("compose")
    described = services()
    cluster = cluster_url(folder)  # its user is wargame, its password is not asked for
    hosts = {"postgres": int(cluster.rsplit(":", 1)[1].split("/")[0]), "redis": free_port()}
    ports = {name: free_port() for name in ("web", "live")}
    containers = Containers(
        volumes={
            "/run/wargame": folder / "secrets",
            "/srv/static": folder / "static",
            "/data": folder / "queue",
        },
        hosts=hosts | ports,
        binaries=Path(sys.executable).parent,
    )
    deployment = Deployment(containers, folder, ports=ports)
    with ExitStack() as started:
        made = deployment.run("secrets")
        assert made.returncode == 0, made.stderr
        _make_database(cluster)
        # Files stand for containers: the addresses in them are this machine's.
        for name in ("database_url", "redis_url"):
            secret = folder / "secrets" / name
            text = containers.here(secret.read_text(), None)
            secret.unlink()
            secret.write_text(text)

        (folder / "queue").mkdir()
        queue = containers.command(described["redis"]["command"])
        queue[-1] = queue[-1].replace("redis-server", f"{redis_binary()} --port {hosts['redis']}")
        redis = started.enter_context(running("redis", queue, folder))
        redis.wait_until(lambda: answers("127.0.0.1", hosts["redis"]))

        prepared = deployment.run("prepare")
        assert prepared.returncode == 0, prepared.stdout + prepared.stderr
        for name in ("web", "live", *TAKES_A_WORKER, "beat"):
            command = containers.command(described[name]["command"], ports.get(name))
            env = containers.environment(described[name]) | {"WARGAME_HEARTBEAT_SECONDS": "1"}
            if "WARGAME_METRICS_PORT" in env:
                deployment.metrics[name] = int(env["WARGAME_METRICS_PORT"])
            process = started.enter_context(running(name, command, folder, env=env))
            deployment.processes[name] = process
        for name, process in deployment.processes.items():
            process.wait_until(lambda name=name: deployment.healthy(name), seconds=90)
        yield deployment


def _make_database(cluster: str) -> None:
    import psycopg

    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute("CREATE DATABASE wargame")


@contextmanager
def behind_proxy(deployment: Deployment, caddyfile: Path) -> Iterator[tuple[str, Process]]:
    """Run the proxy with a Caddyfile; gives the address that people type, and the process."""
    if CADDY is None:
        pytest.skip(NO_CADDY)
    port = free_port()
    env = deployment.containers.environment({}) | {
        "SITE": "localhost",
        "HTTP_PORT": str(free_port()),
        "HTTPS_PORT": str(port),
        "HEALTH_PORT": str(free_port()),
        "STATIC_ROOT": str(deployment.folder / "static"),
        "HOME": str(deployment.folder),
        "XDG_DATA_HOME": str(deployment.folder / "certificates"),
        **{f"{name.upper()}_HOST": "localhost" for name in deployment.ports},
        **{f"{name.upper()}_PORT": str(port) for name, port in deployment.ports.items()},
    }
    command = [CADDY, "run", "--config", str(caddyfile), "--adapter", "caddyfile"]
    with running("proxy", command, deployment.folder, env=env) as process:
        address = f"https://localhost:{port}"
        process.wait_until(lambda: _has_certificate(address))
        yield address, process


@pytest.fixture
def proxy(deployment: Deployment) -> Iterator[str]:
    with behind_proxy(deployment, ROOT / "deploy" / "Caddyfile") as (address, _):
        yield address


def _has_certificate(address: str) -> bool:
    """Whether the proxy has made its certificate, which it does after it listens."""
    try:
        httpx.get(address, verify=False, timeout=5)
    except httpx.TransportError:
        return False
    return True
