"""Chromium, and the site of the real paper on a local server; without Chromium the tests of this folder skip."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.papers import make_paper
from tests.webs import BODY, FILES, real_site, site_of, write_site

# The shell without a window does the same work in half the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
# It runs in a container, as root, without a graphics card, and asks nobody anything.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NEEDED = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: apt-get install chromium-headless-shell)")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' own output is enough."""

    def handle(self) -> None:
        """A browser that leaves in the middle is no fault."""
        with contextlib.suppress(ConnectionError):
            super().handle()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real paper's site; below `small/` that of a paper with a little of everything."""
    folder = real_site(tmp_path_factory.mktemp("site"))
    write_site(site_of(make_paper(tmp_path_factory.mktemp("paper"), BODY, files=FILES)), folder / "small")
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served from, with its last slash. Its thread ends with it: no build would be forked beside one
    (`start_confined`), and each worker of the tests that follow would import the engine anew."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(site: Path) -> Iterator[Browser]:
    """One Chromium for a module, once the site is made: while it runs, this thread can run no other event loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Visit:
    """Opens pages of the site and keeps what the browser complains of and what it asks for."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def open(
        self, path: str, *, width: int = 1280, scheme: str = "light", locale: str = "en-US", scripts: bool = True
    ) -> Page:
        """A page of the site (or any address) in a fresh profile."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale=locale,
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfinished", lambda request: self.requests.append(request.url))
        page.on("response", self._answered)
        page.goto(path if ":" in path else self.address + path)
        if scripts:
            page.evaluate("document.fonts.ready")
        return page

    def _answered(self, answer: Response) -> None:
        if not answer.ok:
            self.complaints.append(f"{answer.status} {answer.url}")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A visitor of the site."""
    visitor = Visit(browser, address)
    yield visitor
    for context in browser.contexts:
        context.close()
