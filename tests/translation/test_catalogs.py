"""The catalogs: complete where they claim to be, agreeing with the sources, and compiled."""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management import CommandError, call_command

from wargame.translation import catalogs, checks, extraction

TRANSLATED = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.fixture(scope="module")
def marked():
    return extraction.marked()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_marked_text_is_translated_and_agrees(code, marked):
    """If a text is new: `manage.py translations update`, translate it in the .po files, `check`."""
    assert len(marked) > 1000
    catalog = catalogs.read(catalogs.LOCALE / code / "LC_MESSAGES" / "django.po")
    assert list(checks.problems(catalog, marked)) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_catalog_is_compiled_and_read(code, tmp_path):
    source = catalogs.LOCALE / code / "LC_MESSAGES" / "django.po"
    compiled = source.with_suffix(".mo")
    assert compiled.stat().st_mtime >= source.stat().st_mtime
    with compiled.open("rb") as file:
        shown = gettext.GNUTranslations(file)
    for message in catalogs.read(source):
        if isinstance(message.id, str) and message.id and message.string and not message.context:
            assert shown.gettext(message.id) == message.string


def test_texts_of_python_and_of_templates_are_gathered(tmp_path):
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "a.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        "_('One')\nngettext('%(n)d boat', '%(n)d boats', 2)\npgettext('verb', 'Order')\n"
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        "  {% load i18n %}<p title=\"{% trans 'It is 5 %' %}\">\n{# Translators: a greeting #}\n"
        "{% blocktrans count n=n %}{{ n }} turn{% plural %}{{ n }} turns{% endblocktrans %}</p>\n"
        "    {{ one|default:_(\"none\") }}\n{% trans 'May' context 'month' %}\n"
    )
    found = {(m.id, m.context) for m in extraction.marked(tmp_path) if m.id}
    assert found == {
        ("One", None),
        (("%(n)d boat", "%(n)d boats"), None),
        ("Order", "verb"),
        ("It is 5 %%", None),
        (("%(n)s turn", "%(n)s turns"), None),
        ("none", None),
        ("May", "month"),
    }


def test_every_name_under_which_a_source_marks_texts_is_gathered():
    for path in extraction.source_files(catalogs.ROOT):
        if path.suffix != ".py" or "gettext" not in path.read_text():
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                for name in node.names:
                    if "gettext" in name.name:
                        assert (name.asname or name.name) in extraction.KEYWORDS, path


def test_no_text_is_translated_before_anybody_asks():
    """At the import of a module no reader is known: there it must be gettext_lazy."""
    for path in extraction.source_files(catalogs.ROOT):
        if path.suffix == ".py" and "gettext" in path.read_text():
            tree = ast.parse(path.read_text())
            eager = {
                name.asname or name.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
                for name in node.names
                if name.name in {"gettext", "ngettext", "pgettext"}
            }
            assert list(_called_at_import(tree, eager)) == [], path


def _called_at_import(node: ast.AST, names: set[str]) -> Iterator[int]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _called_at_import(child, names)


def a_catalog(texts: str):
    from io import BytesIO

    header = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return read_po(BytesIO((header + texts).encode()), locale="ko")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "A %(name)s"\nmsgstr "가 %(nom)s"\n', "has no %(nom)s"),
        ('msgid "A %(name)s"\nmsgstr "가"\n', "loses %(name)s"),
        ('#, fuzzy\nmsgid "A"\nmsgstr "가"\n', "fuzzy"),
        ('msgid "%(name)s votes"\nmsgstr "%(name)s이 투표합니다"\n', "particle"),
        ('msgid "%(n)s a"\nmsgid_plural "%(n)s as"\nmsgstr[0] "개"\n', "loses a placeholder"),
    ],
)
def test_what_is_wrong_with_a_catalog_is_said(text, said):
    catalog = a_catalog(text)
    assert any(said in line for line in checks.problems(catalog, a_catalog(""))), text


def test_a_text_that_nobody_translated_is_missing():
    marked = a_catalog('#: a.py\nmsgid "A"\nmsgstr ""\n')
    assert list(checks.problems(a_catalog(""), marked)) == ["missing: 'A' (a.py)"]


def test_compiling_again_writes_nothing_and_a_newer_catalog_is_taken_in(tmp_path):
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogs.write(catalogs.new("ko"), folder / "django.po")
    assert catalogs.compile_all(tmp_path) == [folder / "django.mo"]
    assert catalogs.compile_all(tmp_path) == []
    catalog = catalogs.new("ko")
    catalog.add("A", "가")
    with (folder / "expected.mo").open("wb") as file:
        write_mo(file, catalog)
    catalogs.write(catalog, folder / "django.po")
    (folder / "django.mo").touch()
    import os

    os.utime(folder / "django.mo", (1, 1))
    assert catalogs.compile_all(tmp_path) == [folder / "django.mo"]
    assert (folder / "django.mo").read_bytes() == (folder / "expected.mo").read_bytes()
    assert sorted(p.name for p in folder.iterdir()) == ["django.mo", "django.po", "expected.mo"]


def test_a_broken_catalog_is_named_with_its_line(tmp_path):
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "A"\nmsgst "Б"\n')
    with pytest.raises(PoFileError, match=r"django\.po"):
        catalogs.compile_all(tmp_path)
    assert not (folder / "django.mo").exists()


def test_the_command_refuses_what_it_does_not_know():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("translations", "polish")
