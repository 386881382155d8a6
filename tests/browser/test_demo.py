"""`starling demo` as a person meets it: a real process, a real browser, the whole loop clicked through."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="Chromium and its driver are not installed on this machine"
    ),
    # selenium leaves closing its sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT_SECONDS = 20.0
PARTS = (
    "In spring I promised a ferry timetable in four weeks without asking the pilots.",
    "I had to publish tides and crossings that 900 commuters could rely on.",
    "I called each of the six pilots, I rebuilt the table from their logs, and I tested it on the pier for a week.",
    "It came two weeks late, but missed connections fell by 40 %. I learned to ask the pilots first.",
)


@pytest.fixture(scope="module")
def demo_url() -> Iterator[str]:
    """A running demo's address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        yield found.group()
    finally:
        process.terminate()
        process.communicate(timeout=15)


class Page:
    """The chat page in a browser of one size."""

    def __init__(self, url: str, profile: Path, width: int, height: int) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        self.driver.get(url)
        self.until(
            lambda: self.driver.execute_script("return document.documentElement.dataset.ready") == "true"
        )

    def all(self, test_id: str) -> list[Any]:
        return self.driver.find_elements("css selector", f'[data-testid="{test_id}"]')

    def until(self, is_so: Callable[[], object]) -> Any:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            if found := is_so():
                return found
            time.sleep(0.1)
        raise AssertionError(f"did not come about; the chat says: {self.text()[-600:]}")

    def text(self) -> str:
        """All that the bubbles say, in one look, as they change while one reads."""
        script = (
            "return [...document.querySelectorAll('[data-testid=message]')].map(e => e.innerText).join('\\n')"
        )
        return str(self.driver.execute_script(script))

    def click(self, test_id: str) -> None:
        self.until(lambda: self.all(test_id))
        self.driver.execute_script("arguments[0].click()", self.all(test_id)[0])

    def say(self, text: str) -> None:
        self.driver.execute_script(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
            self.all("input")[0],
            text,
        )
        self.click("send")

    def press(self, label: str) -> None:
        """Press the newest inline button whose label begins so."""

        script = """
            const fitting = [...document.querySelectorAll('[data-testid=inline-button]')]
                .filter(button => button.innerText.trim().startsWith(arguments[0]));
            if (fitting.length) fitting.at(-1).click();
            return fitting.length > 0;
        """
        self.until(lambda: self.driver.execute_script(script, label))

    def has_button(self, label: str) -> bool:
        script = """
            return [...document.querySelectorAll('[data-testid=inline-button]')]
                .some(button => button.innerText.includes(arguments[0]));
        """
        return bool(self.driver.execute_script(script, label))

    def says(self, words: str) -> None:
        self.until(lambda: words in self.text())

    def panel(self, test_id: str) -> None:
        """Use the panel, which a phone keeps behind the clock."""
        opener = [element for element in self.all("panel-open") if element.is_displayed()]
        if opener:
            opener[0].click()
            time.sleep(0.5)
        self.click(test_id)

    def is_wider_than_screen(self) -> bool:
        return bool(self.driver.execute_script("return document.documentElement.scrollWidth > innerWidth"))


@pytest.fixture(params=[(390, 844), (1280, 800)], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, demo_url: str, tmp_path: Path) -> Iterator[Page]:
    """The page at phone and desktop size, as a new person."""
    page = Page(demo_url, tmp_path, *request.param)
    yield page
    page.driver.quit()


def test_the_whole_loop_can_be_clicked_through(page: Page):
    """/start, the hour, the push, four parts through a restart, the model answer, /history; nothing overflows."""
    page.click("start")
    page.says("When shall I ask?")
    page.press("08:30")
    page.says("Where are you?")
    page.press("Kolkata")
    page.says("All set")
    page.panel("panel-next-push")
    page.until(lambda: len(page.all("message")) >= 3)
    page.press("Answer")
    page.says("Step 1/4")
    page.say(PARTS[0])
    page.says("Step 2/4")
    page.panel("panel-restart")
    page.say(PARTS[1])
    page.says("Step 3/4")
    page.say(PARTS[2])
    page.says("Step 4/4")
    page.say(PARTS[3])
    page.says("Review")
    page.press("Submit")
    page.says("What I heard")
    page.says("A model answer")
    page.press("Good")
    page.until(lambda: page.has_button("● Good"))
    page.say("/history")
    page.says("1 answer")
    page.press("1")
    page.says("rebuilt the table")
    assert not page.is_wider_than_screen()
    severe = [entry for entry in page.driver.get_log("browser") if entry["level"] == "SEVERE"]
    # A person the demo has never seen is looked up once, in vain, before they are made.
    assert [entry["message"] for entry in severe if "404" not in entry["message"]] == []
