"""Text that breaks careless software."""

from __future__ import annotations

MARKUP = [
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<a href="javascript:alert(1)">click</a>',
    "{{ request.user.password }}{% load static %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "<!-- --><style>body{display:none}</style>",
    "<math><mtext></p><style><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(1)</script>",
]
"""Markup that must be shown as the text that it is."""

ODD = [
    "",
    " ",
    "x" * 5_000,
    "\x00",
    "a\x00b\x08\x1b[31m",
    "NaN",
    "Infinity",
    "1e309",
    "-1",
    "0",
    "99999999999999999999999",
    "1.5",
    "٣",
    "null",
    "true",
    "[]",
    "{}",
    '{"a": {"b": [1, 2, {"c": NaN}]}}',
    "[" * 200,
    "../../etc/passwd",
    "%00%0a%0d",
    "a\r\nSet-Cookie: evil=1",
    "' OR 1=1 --",
    "00000000-0000-0000-0000-000000000000",
    "seat:COR",
    "facilitator",
    "COR",
    "ＣＯＲ",
    "\u202egnp.exe",
    "\ufeff\u200b",
    "👩‍🚀" * 100,
    "ﷺ" * 50,
    "http://evil.example/",
    "//evil.example/",
    "javascript:alert(1)",
]
"""Values for a field that expects something else."""
