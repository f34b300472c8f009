"""The template tag `module_links`: a page says early which modules its script will import.

A browser learns what a module imports when it has the module, and so asks for a graph of modules
level by level, after the page was parsed. Named in the head, all of them come beside the sheets.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wargame.static_files import MODULE_IMPORTS

register = template.Library()
_IMPORTS = [re.compile(pattern) for pattern, _written in MODULE_IMPORTS]


@register.simple_tag
def module_links(name: str) -> SafeString:
    """A link for the module of this name ("games/room.js") and for each that it imports."""
    return links_of(name) if settings.DEBUG else _kept_links(name)


def links_of(name: str) -> SafeString:
    """The links of a module, made anew."""
    links = ((static(module),) for module in modules_of(name))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', links)


_kept_links = cache(links_of)


@cache
def modules_of(name: str) -> tuple[str, ...]:
    """A module and, each once, all that it imports, directly or by another.

    Raises:
        FileNotFoundError: there is no such module; names it.
    """
    found: list[str] = []
    waiting = [name]
    while waiting:
        module = waiting.pop(0)
        if module in found:
            continue
        found.append(module)
        path = finders.find(module)
        if path is None:
            raise FileNotFoundError(f"{name} imports {module}, which is no static file")
        source = Path(path).read_text()
        for pattern in _IMPORTS:
            for match in pattern.finditer(source):
                waiting.append(posixpath.normpath(posixpath.join(module, "..", match["url"])))
    return tuple(found)
