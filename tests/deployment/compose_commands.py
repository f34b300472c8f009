"""The services of compose.yaml as processes of this machine.

No Docker engine is needed: the same command lines run, with the same environment, where only the
names of other containers and the mounted folders are this machine's.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import yaml

from tests.stack.processes import ROOT, bare_environment
from wargame.embedded.ports import free_port

VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::-([^}]*))?\}")


def services(file: str = "compose.yaml") -> dict[str, Any]:
    """The services of a compose file, with its variables at their defaults."""
    return _interpolated(yaml.safe_load((ROOT / file).read_text())["services"])


def _interpolated(node: Any) -> Any:
    """Docker fills variables in after it has read the YAML, so an empty one stays a text."""
    if isinstance(node, dict):
        return {key: _interpolated(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_interpolated(value) for value in node]
    if isinstance(node, str):
        return VARIABLE.sub(lambda found: found.group(2) or "", node)
    return node


class Containers:
    """Where this machine stands for the containers: folders for volumes, ports for hosts."""

    def __init__(self, *, volumes: dict[str, Path], hosts: dict[str, int], binaries: Path) -> None:
        self.volumes = volumes
        self.hosts = hosts
        self.binaries = binaries

    def here(self, text: str, own_port: int | None) -> str:
        """`text` with this machine's folders and ports instead of the containers'."""
        mounted = "|".join(map(re.escape, self.volumes))
        text = re.sub(rf"({mounted})\b", lambda found: str(self.volumes[found.group()]), text)
        for host, port in self.hosts.items():
            text = re.sub(rf"(?<=[@/]){host}:\d+", f"127.0.0.1:{port}", text)
        if own_port is not None:
            text = re.sub(r"(0\.0\.0\.0|127\.0\.0\.1):8000", rf"127.0.0.1:{own_port}", text)
            text = text.replace("--host=0.0.0.0", "--host=127.0.0.1")
            text = text.replace("--port=8000", f"--port={own_port}")
        return text.replace("$$", "$")

    def command(self, words: list[str], own_port: int | None = None) -> list[str]:
        """A service's command, or the command of its health check."""
        words = words[1:] if words[0] == "CMD" else words
        first, *rest = (self.here(word, own_port) for word in words)
        program = self.binaries / first
        return [str(program) if program.exists() else first, *rest]

    def environment(self, service: dict[str, Any]) -> dict[str, str]:
        """A service's environment, with the image's own on top of the machine's."""
        given = {
            name: self.here(str(value), None)
            for name, value in service.get("environment", {}).items()
        }
        # A container has its own /tmp and its own ports.
        if "PROMETHEUS_MULTIPROC_DIR" in given:
            given["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(dir=self.volumes["/data"].parent)
        if "WARGAME_METRICS_PORT" in given:
            given["WARGAME_METRICS_PORT"] = str(free_port())
        return bare_environment(
            DJANGO_SETTINGS_MODULE="wargame.settings",
            WARGAME_STATIC_ROOT=str(self.volumes["/srv/static"]),
            PYTHONPATH=str(ROOT),
            PYTHONUNBUFFERED="1",
            **given,
        )
