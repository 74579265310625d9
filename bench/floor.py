"""The floor: WeasyPrint's own `render` and `write_pdf` on our page with our prepared fonts, in a warm process.

    python bench/floor.py LANGUAGE plain|extended

Prints one line of JSON: seconds of wall and CPU of the two calls alone, peak memory in MiB of the process that made
them (a fork of one that had everything loaded). `plain` is the engine as it is installed, `extended` with all that
imprint adds to it (justification, ActualText, tags).
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from contextlib import nullcontext

from paper import make_page, wardrobe_of

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.engine import extended_engine
from imprint.paginate.fetch import BASE, fetcher_class
from imprint.paginate.figure_text import lay_out_figure
from imprint.paginate.finish import VARIANT, finisher
from imprint.paginate.fontconfig import private_fonts


def main(language: str, extended: bool) -> None:
    """Prepare everything, then fork, draw, and tell."""
    import weasyprint

    edition, page = make_page(language)
    wardrobe = wardrobe_of(page, edition.language)
    files = {
        path: lay_out_figure(data, path, wardrobe, edition.direction, Diagnostics()) if path.endswith(".svg") else data
        for path, data in page.files.items()
    }
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        with private_fonts(wardrobe) as fonts, extended_engine() if extended else nullcontext():
            fetcher = fetcher_class()(files, Diagnostics())
            options = {"pdf_variant": VARIANT, "pdf_tags": True, "output_intent": "srgb"}
            wall, cpu = time.perf_counter(), time.process_time()
            html = weasyprint.HTML(string=page.html, base_url=BASE, url_fetcher=fetcher)
            sheet = weasyprint.CSS(string=wardrobe.css(), base_url=BASE, url_fetcher=fetcher, font_config=fonts)
            document = html.render(font_config=fonts, stylesheets=[sheet], **options)
            pdf = document.write_pdf(finisher=finisher("main-matter"), **options)
            facts = {
                "wall": time.perf_counter() - wall,
                "cpu": time.process_time() - cpu,
                "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "pages": len(document.pages),
                "bytes": len(pdf),
            }
        os.write(writer, json.dumps(facts).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    print(os.read(reader, 4096).decode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "extended")
