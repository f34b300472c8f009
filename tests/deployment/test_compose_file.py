"""compose.yaml and Dockerfile: valid by their schemas, and as hard as they claim to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployment.compose_commands import services
from tests.deployment.proxy import CADDY, NO_CADDY
from tests.stack.processes import ROOT, bare_environment

BINARIES = Path(sys.executable).parent
RABBITMQ = "deploy/compose.rabbitmq.yaml"
COMPOSE_FILES = ("compose.yaml", RABBITMQ)
BROKER = services(RABBITMQ)
SERVICES = services() | {"rabbitmq": BROKER["rabbitmq"]}
ONE_SHOT = {"secrets", "prepare"}


def _run(*command: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        env=bare_environment(**env),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("file", COMPOSE_FILES)
def test_compose_file_follows_the_compose_schema(file):
    done = _run(BINARIES / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)
    assert done.returncode == 0, done.stdout


def test_dockerfile_passes_the_linter():
    done = _run(BINARIES / "hadolint", "Dockerfile")
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(CADDY is None, reason=NO_CADDY)
def test_proxy_configuration_is_valid(tmp_path):
    command = (CADDY, "validate", "--config", "deploy/Caddyfile", "--adapter", "caddyfile")
    done = _run(*command, HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_confined(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"]
    assert service["logging"]["options"]["max-size"]
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")
    assert not service.get("privileged")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONE_SHOT))
def test_a_service_that_stays_has_a_health_check_and_limits(name):
    service = SERVICES[name]
    assert service["healthcheck"]["test"]
    assert service["pids_limit"]
    assert service["cpus"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_the_file(name):
    given = SERVICES[name].get("environment", {}) | BROKER.get(name, {}).get("environment", {})
    for variable, value in given.items():
        if any(
            word in variable for word in ("KEY", "PASSWORD", "DATABASE_URL", "REDIS_URL", "BROKER")
        ):
            assert value == "" or str(value).startswith("/run/wargame/"), variable


@pytest.mark.parametrize("name", ["web", "live", "worker", "worker-simulations"])
def test_a_service_can_be_scaled_by_number(name):
    service = SERVICES[name]
    assert "ports" not in service
    assert "container_name" not in service


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["proxy"]


def test_with_rabbitmq_every_part_that_sends_or_takes_tasks_is_told():
    told = {name for name in BROKER if "WARGAME_BROKER_URL_FILE" in BROKER[name]["environment"]}
    assert told == {"web", "live", "worker", "worker-simulations", "beat"}
    for name in told:
        waits = BROKER[name]["depends_on"] | SERVICES[name]["depends_on"]
        assert waits["rabbitmq"] == {"condition": "service_healthy"}


def test_turns_and_simulations_have_workers_of_their_own():
    from django.conf import settings

    taken = [
        word.removeprefix("--queues=")
        for name in ("worker", "worker-simulations")
        for word in SERVICES[name]["command"]
        if word.startswith("--queues=")
    ]
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert set(taken) == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}
    assert len(taken) == len(set(taken))


def test_the_image_holds_what_the_commands_need():
    ignored = (ROOT / ".dockerignore").read_text()
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert f"!{source}\n" in ignored, source
                assert (ROOT / source).exists(), source
