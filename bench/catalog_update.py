"""How long an update of 4,000 messages takes beside GNU msgmerge and Babel: whole processes, one after the other.

    python bench/catalog_update.py [--rounds N]

Makes a catalog of 4,000 translated messages and a POT with 80 of them changed, and one with 2,000 all changed. Babel's
`update` is run once, on 300 messages with 10 changed: it is quadratic.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

from measure import ROOT, Command, Row, Section, interleave, median, report, rounds, spread

WORDS = (
    "data user privacy device account storage consent policy transfer region service retention deletion access request "
    "encrypted certificate network sensor microphone camera location identifier browser message backup cloud security "
    "version country regulation authority controller processor transparency with the a of to and in for is by on"
).split()
UPDATE = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from imprint.base.diagnostic import Diagnostics
from imprint.base.sources import Sources
from imprint.localize.pot import load_pot
from imprint.localize.update import update_catalogs
paper = Path({paper!r})
sources = Sources({{"paper": paper}})
pot = load_pot(sources.read_bytes("locales/messages.pot"), "messages.pot", Diagnostics())
(updated,) = update_catalogs(sources, pot, ["de"])
assert updated.written
"""
HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: bench 1\\n"\n"POT-Creation-Date: 2026-11-24 00:00+0000\\n"\n'
    '"PO-Revision-Date: 2026-11-24 00:00+0000\\n"\n"Last-Translator: none\\n"\n"Language-Team: none\\n"\n'
    '"Language: de\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def sentences(dice: random.Random, count: int) -> list[str]:
    """Different sentences of 3 to 40 words."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(dice.choices(WORDS, k=dice.randint(3, 40))).capitalize() + "."] = None
    return list(found)


def write(file: Path, messages: list[str], translate: bool) -> None:
    """A catalog, or a POT, in gettext's form."""
    blocks = [
        f"#. paragraph\n#: content/{n // 100:02}.md:{n % 100 * 3}\nmsgid {quoted(message)}\n"
        f"msgstr {quoted(message[::-1]) if translate else chr(34) * 2}\n"
        for n, message in enumerate(messages)
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([HEADER, *blocks]), "utf-8")


def quoted(text: str) -> str:
    """The text as a PO string, wrapped."""
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > 76:
            lines.append(line)
            line = ""
        line += f"{word} "
    lines.append(line[:-1])
    if len(lines) == 1 and len(text) < 70:
        return f'"{text}"'
    return "\n".join(['""', *(f'"{part}"' for part in lines)])


def changed(dice: random.Random, messages: list[str], count: int) -> list[str]:
    """The messages with a word put into `count` of them."""
    found = list(messages)
    for place in dice.sample(range(len(found)), count):
        words = found[place].split(" ")
        words.insert(dice.randrange(len(words)), "another")
        found[place] = " ".join(words)
    return found


def compare(folder: Path, count: int, edits: int, times: int, babel: bool = False) -> list[Row]:
    """The rows for a catalog of `count` messages with `edits` changed."""
    dice = random.Random(5)
    messages = sentences(dice, count)
    kept, pot = folder / "kept.po", folder / "locales/messages.pot"
    live = folder / "locales/de/LC_MESSAGES/messages.po"
    write(kept, messages, True)
    write(live, messages, True)
    write(pot, changed(dice, messages, edits), False)
    script = UPDATE.format(root=str(ROOT), paper=str(folder))
    other = folder / "other.po"
    commands = {
        "ours": Command([sys.executable, "-c", script], before=lambda: shutil.copyfile(kept, live)),
        "msgmerge": Command(["msgmerge", "-q", "-o", str(folder / "out.po"), str(kept), str(pot)]),
    }
    if babel:
        words = [
            sys.executable,
            "-m",
            "babel.messages.frontend",
            "update",
            "-l",
            "de",
            "-i",
            str(pot),
            "-o",
            str(other),
        ]
        commands["pybabel"] = Command(words, before=lambda: shutil.copyfile(kept, other))
    runs = interleave(commands, times)
    what = f"{count} messages, {edits} changed"
    rows = [Row(f"{what}: {name}", spread(found)) for name, found in runs.items()]
    for name in list(runs)[1:]:
        wall, cpu = (median(runs["ours"], of) / median(runs[name], of) for of in ("wall", "cpu"))
        rows.append(Row(f"{what}: ours : {name}", f"{wall:.2f} (CPU {cpu:.2f})"))
    return rows


def measure() -> Section:
    """All comparisons."""
    times = rounds(5)
    with tempfile.TemporaryDirectory() as folder:
        rows = compare(Path(folder), 4000, 80, times)
        rows += compare(Path(folder), 2000, 2000, max(1, times // 3))
        rows += compare(Path(folder), 300, 10, 1, babel=True)
    return Section("Catalog update", rows)


if __name__ == "__main__":
    report("catalog_update", measure)
