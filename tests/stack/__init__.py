"""The real parts that tests talk to: Redis, a Celery worker, a server, PostgreSQL, Chromium."""
