"""Hostile templates, page heads and mkdocs.yml, each with what `check` must say of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from attack import Attack, Content, check, held, lay_out

EN, DE, SETTINGS = "templates/pages/index.en.md.j2", "templates/pages/index.de.md.j2", "mkdocs.yml"
HEAD = "---\ntitle: A\ndescription: B\n---\n"


def pages(body: str, head: str = HEAD) -> Mapping[str, Content]:
    """The page in both languages."""
    text = f"{head}# A {{ #top }}\n\n{body}\n"
    return {EN: text, DE: text}


BODIES = {
    "3,000 lists": ("{{ " + "[" * 3_000 + "]" * 3_000 + " }}", "template-syntax"),
    "3,000 brackets": ("{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}", "template-syntax"),
    "a sum of 3,000": ("{{ " + "+".join(["1"] * 3_000) + " }}", "template-syntax"),
    "400 conditions": ("{% if 1 %}" * 400 + "{% endif %}" * 400, "template-syntax"),
    "3,000 alternatives": ("{% if 1 %}" + "{% elif 1 %}" * 3_000 + "{% endif %}", "unused-fact"),
    "2,000 filters": ("{{ 'a'" + "|upper" * 2_000 + " }}", "template-syntax"),
    "2,000 attributes": ("{{ a" + ".b" * 2_000 + " }}", "template-syntax"),
    "3,000 negations": ("{{ " + "not " * 3_000 + "1 }}", "template-syntax"),
    "1,000 calls in calls": ("{{ " + "t(" * 1_000 + "'a'" + ")" * 1_000 + " }}", "template-syntax"),
    "9,000 calls that are no code": ("{% raw %}{{ " + "t(" * 9_000 + " }}{% endraw %}", "unused-fact"),
    "9,000 tags that do not close": ("{{ " * 9_000, "template-syntax"),
    "9,000 comments that do not close": ("{# " * 9_000, "template-syntax"),
    "27 KB of braces": ("{" * 27_000, "template-syntax"),
    "500 levels of a list": ("\n".join(" " * (2 * n) + "- a" for n in range(500)), "unused-fact"),
    "9,000 quotes": ("> " * 9_000 + "a", "unused-fact"),
    "1,500 headings": ("\n".join(f"# a {{ #a{n} }}" for n in range(1_500)), "unused-fact"),
    "27 KB of open comments with a number": ("1 " + "<!--" * 7_000, "typed-number"),
    "a null character": ("a\0b", "control-character"),
    "an escape": ("a\x1b[31mb", "control-character"),
    "a text turned round": ("a\u202eb", "control-character"),
}
HEADS = {
    "a bomb": "---\na: &a [x, x]\nb: &b [*a, *a]\n---\n",
    "20,000 lists": "---\ntitle: " + "[" * 20_000 + "\n---\n",
    "a tag": "---\ntitle: !!python/name:os.system A\n---\n",
    "a date that is none": "---\ntitle: A\ndescription: B\nchanged: 9999-99-99\n---\n",
    "open tags": "---\ntitle: " + "{{" * 13_000 + "\ndescription: B\n---\n",
    "a title of 80 KB": "---\ntitle: " + "a " * 40_000 + "\ndescription: B\n---\n",
    "a list": "---\n- a\n---\n",
    "a title of nothing": "---\ntitle:\ndescription: B\n---\n",
}
HEAD_RULES = {
    "a date that is none": "bad-date",
    "open tags": "template-syntax",
    "a title of 80 KB": "too-large",
    "a list": "wrong-shape",
    "a title of nothing": "wrong-shape",
}
BOMB = "extra:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
SETTINGS_FILES = {
    "a bomb": (f"site_name: x\n{BOMB}", "yaml-syntax"),
    "40,000 lists": ("site_name: x\nextra: " + "[" * 40_000, "yaml-syntax"),
    "a python tag": ("site_name: x\nx: !!python/object/apply:os.system [id]\n", "yaml-syntax"),
    "an environment tag": ("site_name: !ENV HOME\n", "yaml-syntax"),
    "a list": ("[a]", "unsafe-setting"),
    "5 MB": ("#" * 5_000_000, "too-large"),
}
_SECTIONS = "\n".join(f"## a {{ #a{n} }}\n" for n in range(700))
_UNKNOWN = "\n".join(f"## a {{ #a{n} }}\n\n{{{{ fact('area_2025') }}}}{{{{ fact('unknown_{n}') }}}}\n" for n in range(700))
ATTACKS = (
    *(Attack(name=name, kind="page", files=pages(body), rule=rule, at="data/facts/water.yml" if rule == "unused-fact" else "") for name, (body, rule) in BODIES.items()),
    *(Attack(name=name, kind="head", files=pages("a", head), rule=HEAD_RULES.get(name, "yaml-syntax")) for name, head in HEADS.items()),
    *(Attack(name=name, kind="settings", files={SETTINGS: text}, rule=rule) for name, (text, rule) in SETTINGS_FILES.items()),
    Attack(name="700 sections that differ", kind="page", files={EN: f"{HEAD}# A {{ #top }}\n\n{_UNKNOWN}", DE: f"{HEAD}# A {{ #top }}\n\n{_SECTIONS}"}, rule="unknown-id"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.kind}: {attack.name}")
def test_a_hostile_template_is_a_finding(attack: Attack, tmp_path: Path) -> None:
    held(attack, check(lay_out(tmp_path, attack.files, whole=True)))
