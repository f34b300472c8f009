# The product's image: the packages of requirements-run.lock, each checked against its hash, and
# the source, on a slim Python. Every service of compose.yaml runs it with another command.
FROM python:3.13-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/packages
COPY requirements-run.lock /tmp/
RUN /opt/packages/bin/pip install --only-binary :all: --require-hashes -r /tmp/requirements-run.lock \
    && rm -r /opt/packages/lib/python*/site-packages/pip*

# 2.11.2 or later: older ones lose a form when a page server has just gone.
FROM caddy:2.11-alpine AS proxy
RUN chown -R 10001:10001 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10001:10001

FROM python:3.13-slim-bookworm
# A fixed number, so that the owner of a volume is the same in every release.
RUN groupadd --gid 10001 wargame \
    && useradd --uid 10001 --gid wargame --no-create-home --shell /usr/sbin/nologin wargame \
    && install -d -o wargame -g wargame /run/wargame /srv/static /srv/backups
COPY --from=packages /opt/packages /opt/packages
WORKDIR /srv/wargame
COPY manage.py pyproject.toml ./
COPY wargame wargame
COPY apps apps
COPY templates templates
COPY static static
COPY locale locale
ENV PATH=/opt/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=wargame.settings \
    WARGAME_STATIC_ROOT=/srv/static
RUN python -m wargame.translation.catalogs && python -m compileall -q wargame apps
USER 10001:10001
EXPOSE 8000
CMD ["uvicorn", "wargame.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--ws-per-message-deflate", "false", "--ws-max-size", "65536", "--no-access-log"]
