"""The commands of compose.yaml bring up a working product, on PostgreSQL behind TLS."""

from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest
import websockets

from tests.settings import DATABASE
from wargame.embedded.ports import free_port

pytestmark = [
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.skipif(DATABASE != "sqlite", reason="brings its own PostgreSQL: once is enough"),
]


def test_every_service_passes_its_own_health_check(deployment):
    for name in deployment.processes:
        assert deployment.healthy(name), name


def test_pages_are_served_and_the_whole_is_ready(deployment):
    for name, port in deployment.ports.items():
        for path in ("/healthz", "/readyz"):
            answer = httpx.get(f"http://127.0.0.1:{port}{path}", timeout=10)
            assert answer.status_code == 200, (name, answer.text)
        answer = httpx.get(
            f"http://127.0.0.1:{port}/sign-in/", headers={"X-Forwarded-Proto": "https"}, timeout=10
        )
        assert answer.status_code == 200
        assert "strict-transport-security" in answer.headers


def test_prometheus_reads_each_part(deployment):
    token = (deployment.folder / "secrets" / "metrics_token").read_text()
    for name, port in deployment.ports.items():
        address = f"http://127.0.0.1:{port}/metrics"
        told = httpx.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=10).text
        assert "knot_redis_up 1.0" in told, name
        assert httpx.get(address, timeout=10).status_code == 404
    turns = httpx.get(f"http://127.0.0.1:{deployment.metrics['worker']}/", timeout=10).text
    assert 'knot_tasks_total{state="SUCCESS",task="apps.games.tasks.heartbeat"}' in turns


def test_plain_http_is_sent_to_https(deployment):
    answer = httpx.get(f"http://127.0.0.1:{deployment.ports['web']}/sign-in/")
    assert answer.status_code == 301
    assert answer.headers["location"].startswith("https://")


def test_secrets_are_kept_and_the_administrator_is_made_once(deployment):
    before = {path.name: path.read_text() for path in (deployment.folder / "secrets").iterdir()}
    again = deployment.run("secrets")
    assert "none, all were there" in again.stdout
    prepared = deployment.run("prepare")
    assert prepared.returncode == 0, prepared.stderr
    assert "admin is there already" in prepared.stdout
    after = {path.name: path.read_text() for path in (deployment.folder / "secrets").iterdir()}
    assert before == after
    assert len(set(after.values())) == len(after)


def test_a_web_process_ends_when_asked_and_the_other_goes_on(deployment):
    with deployment.another("web", free_port()) as second:
        second.popen.terminate()
        assert second.popen.wait(40) == 0
    assert deployment.healthy("web")


def test_the_proxy_serves_pages_static_files_and_sockets_by_tls(deployment, proxy):
    with httpx.Client(verify=False, base_url=proxy, timeout=10) as client:
        page = client.get("/sign-in/")
        assert page.status_code == 200
        assert client.get("/metrics").status_code == 404
        style = client.get(_first_style(page.text))
        assert style.status_code == 200
        assert "immutable" in style.headers["cache-control"]
        assert "gunicorn" not in page.headers.get("server", "")
    assert asyncio.run(_refused_socket(proxy)) in {4401, 4403, 4404}


def _first_style(html: str) -> str:
    return html.split('rel="stylesheet"', 1)[1].split('href="', 1)[1].split('"', 1)[0]


async def _refused_socket(proxy: str) -> int:
    """The close code that a stranger's socket gets: proof that it reached the live server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    address = proxy.replace("https", "wss") + "/ws/games/00000000-0000-4000-8000-000000000000/"
    async with websockets.connect(address, ssl=context, origin=proxy) as socket:
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 10)
    return closed.value.rcvd.code
