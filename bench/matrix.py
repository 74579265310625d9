"""Synthetic matrices: papers of any number of editions, each built as far as a check of what is current can tell."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from measure import ROOT

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "fi")
REGION = 'inherits = "global"\nname = "Market {0}"\nedition = "Edition {0}"\nterritory = "001"\nlanguages = {1}\n'
BUILD = (sys.executable, str(ROOT / "build.py"))


def make_paper(folder: Path, editions: int) -> Path:
    """A copy of the paper's text with so many editions: ten languages in each region, all drafts but English."""
    paper = folder / f"paper-{editions}"
    shutil.copytree(ROOT / "content", paper / "content")
    # A page of what differs between a thousand markets would be longer than the paper.
    settings = paper / "content/paper.toml"
    settings.write_text(settings.read_text("utf-8").replace("differences = true", "differences = false"), "utf-8")
    regions = paper / "content/regions"
    # The paper's own regions stay, because its text names them; they take part with English alone.
    for place in sorted(regions.glob("*.toml")):
        lines = place.read_text("utf-8").splitlines()
        kept = ['languages = ["en"]' if line.startswith("languages") else line for line in lines]
        place.write_text("\n".join(kept) + "\n", "utf-8")
    for number in range((editions - len(list(regions.glob("*.toml"))) + 9) // 10):
        languages = json.dumps(LANGUAGES)
        (regions / f"m{number:03}.toml").write_text(REGION.format(number, languages), "utf-8")
    return paper


def fill_output(paper: Path, folder: Path) -> int:
    """Build one edition in earnest; give every other a copy of its PDF and record, as a full build would have left.

    The check of what is current reads the same files in the same way; only their making is left out (a thousand
    editions take an hour). Returns the number of editions.
    """
    output, cache = folder / "output", folder / "cache"
    places = ["--paper", str(paper), "--output", str(output), "--cache", str(cache)]
    subprocess.run(
        [*BUILD, "--region", "cn", "--lang", "en", "--draft", "-q", *places],
        check=True,
        env={"IMPRINT_NO_BOOTSTRAP": "1", "PATH": "/usr/bin:/bin"},
    )
    record = json.loads((output / "cn/en/edition.json").read_bytes())
    pdf = (output / record["path"]).read_bytes()
    matrix = json.loads((output / "matrix.json").read_bytes())["editions"]
    for edition in matrix:
        place = output / edition["region"] / edition["language"]
        place.mkdir(parents=True, exist_ok=True)
        path = f"{edition['region']}/{edition['language']}/{record['paper']}-{edition['region']}.pdf"
        # As many bytes, and other ones: no two editions share a PDF.
        data = pdf + f"\n% {path}\n".encode()
        (output / path).write_bytes(data)
        mine = {**record, **edition, "path": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        (place / "edition.json").write_text(json.dumps(mine, ensure_ascii=False, indent=2), "utf-8")
    return len(matrix)
