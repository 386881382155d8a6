"""`starling demo` as a person meets it: a real process, a real browser, the whole loop clicked through."""

import contextlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.content.packs import pack_text

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
END_PX = 10
"""So near to its end the chat counts as read to the end: less than half a line."""
STEPS_DONE = "return [...document.querySelectorAll('#guide .done')].map(step => step.dataset.step)"
NEXT_PUSH = "return document.getElementById('next-push').textContent"
PARTS = (
    "In spring I promised a ferry timetable in four weeks without asking the pilots.",
    "I had to publish tides and crossings that 900 commuters could rely on.",
    "I called each of the six pilots, I rebuilt the table from their logs, and I tested it on the pier for a week.",
    "It came two weeks late, but missed connections fell by 40 %. I learned to ask the pilots first.",
)


@contextlib.contextmanager
def running_demo(port: int = 0) -> Iterator[str]:
    """A demo of its own process; gives its address, and ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", str(port)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        yield found.group()
    finally:
        process.terminate()
        process.communicate(timeout=15)


@pytest.fixture(scope="module")
def demo_url() -> Iterator[str]:
    """A running demo's address."""
    with running_demo() as url:
        yield url


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

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def keys(self, *keys: str, held: str = "") -> None:
        """Press these on the keyboard, wherever the focus is, with ``held`` down meanwhile."""
        from selenium.webdriver.common.action_chains import ActionChains

        presses = ActionChains(self.driver)
        if held:
            presses.key_down(held)
        presses.send_keys(*keys)
        if held:
            presses.key_up(held)
        presses.perform()

    def set_up(self) -> None:
        """Start, an hour and a place; a question is offered after it."""
        self.click("start")
        self.says("When shall I ask?")
        self.press("08:30")
        self.says("Where are you?")
        self.press("Kolkata")
        self.says("All set")

    def below_the_fold(self) -> int:
        """How many pixels of the chat are below what is seen."""
        return int(
            self.run(
                "const s = arguments[0]; return s.scrollHeight - s.clientHeight - s.scrollTop",
                self.scroller(),
            )
        )

    def scroller(self) -> Any:
        return self.driver.find_element("id", "scroller")

    def top_of(self, words: str) -> float:
        """Where the newest bubble with these words begins, in pixels below the top of the chat."""
        script = """
            const bubble = [...document.querySelectorAll('[data-testid=message]')]
                .findLast(message => message.innerText.includes(arguments[0]));
            return bubble.getBoundingClientRect().top - arguments[1].getBoundingClientRect().top;
        """
        return float(self.run(script, words, self.scroller()))

    def severe(self) -> list[str]:
        """What the browser's console has to complain of."""
        return [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]

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
    page.set_up()
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
    assert page.severe() == []


def test_an_answer_is_read_from_its_beginning(page: Page):
    """What comes after [Submit] is longer than the screen: it begins at the top, and the arrow leads on."""
    page.set_up()
    page.say("/start q_failure-failed")
    page.says("Tell me about a time when you failed")
    page.press("Answer")
    for step, part in enumerate(PARTS, 1):
        page.says(f"Step {step}/4")
        page.say(part)
    page.says("Review")
    page.press("Submit")
    page.says("A model answer")
    page.until(lambda: 0 <= page.top_of("What I heard") < 40)
    assert page.below_the_fold() > 60
    page.press("Good")
    page.until(lambda: page.has_button("● Good"))
    page.click("to-bottom")
    page.until(lambda: page.below_the_fold() < END_PX)
    page.press("Easy")
    page.until(lambda: page.has_button("● Easy"))
    assert page.below_the_fold() < END_PX


def test_the_end_stays_in_sight_when_the_keyboard_of_the_bot_comes(page: Page):
    """The sentence about the key to tap is not left behind the key."""
    page.click("start")
    page.says("When shall I ask?")
    page.press("08:30")
    page.says("Where are you?")
    for place in ("Xyzzyville", "Quuxburg"):
        page.say(place)
        page.says(f"I know no place called {place}")
    page.until(lambda: page.below_the_fold() < END_PX)
    page.press("Use my location")
    page.until(lambda: page.all("reply-key"))
    page.says("Tap the key below")
    page.until(lambda: page.below_the_fold() < END_PX)


def test_time_moves_on_before_what_it_brings(page: Page):
    """The line about the moved clock stands above the question that came of it, and the question is in sight."""
    page.set_up()
    page.panel("panel-next-push")
    page.until(lambda: page.all("service"))
    order = """
        return [...document.querySelectorAll('[data-testid=service], [data-testid=message]')]
            .map(node => node.dataset.testid);
    """
    page.until(lambda: page.run(order)[-2:] == ["service", "message"])
    page.until(lambda: page.below_the_fold() < END_PX)


def test_the_first_minute_is_guided(page: Page):
    """What to try is ticked as it is done; where the panel is out of sight, one tip leads to it."""
    assert page.run(STEPS_DONE) == []
    page.set_up()
    page.until(lambda: page.run(STEPS_DONE) == ["start"])
    if page.driver.find_element("id", "panel-open").is_displayed():
        page.until(lambda: page.all("tip")[0].is_displayed())
        page.click("tip")
        page.until(lambda: page.all("panel-restart")[0].is_displayed())
        assert not page.all("tip")[0].is_displayed()
    page.click("panel-restart")
    page.until(lambda: page.run(STEPS_DONE) == ["start", "restart"])


def test_the_panel_knows_who_has_blocked_the_bot(page: Page):
    """Somebody set up who blocks the bot is told that this is why nothing comes; setting up stays ticked."""
    page.set_up()
    page.until(lambda: page.run(NEXT_PUSH).startswith("Next question"))
    page.panel("block")
    page.until(lambda: page.run(NEXT_PUSH) == "No daily question while the bot is blocked.")
    page.until(lambda: page.run(STEPS_DONE) == ["start"])
    page.click("block")
    page.until(lambda: page.run(NEXT_PUSH).startswith("Next question"))


def test_the_panel_knows_who_has_paused(page: Page):
    """A pause without an end is told as one."""
    page.set_up()
    page.say("/pause")
    page.press("Until I say so")
    page.until(lambda: page.run(NEXT_PUSH) == "The daily question is paused.")


def test_the_panel_leaves_the_chat_in_sight(page: Page):
    """On a phone the open panel takes two thirds of the screen at most; beside the chat it takes none of it."""
    page.set_up()
    opener = page.all("panel-open")[0]
    if opener.is_displayed():
        opener.click()
        risen = "return document.getElementById('panel').getBoundingClientRect().bottom <= innerHeight"
        page.until(lambda: page.run(risen))
    overlap = """
        const chat = document.getElementById('scroller').getBoundingClientRect();
        const panel = document.getElementById('panel').getBoundingClientRect();
        return panel.left >= chat.right ? 0 : (innerHeight - panel.top) / innerHeight;
    """
    assert page.run(overlap) <= 2 / 3


def test_every_button_is_as_large_as_a_finger(page: Page):
    """On a phone each button takes presses 19 px to every side of its middle, which makes 40 px with the edges."""
    if not page.run("return matchMedia('(max-width: 599px)').matches"):
        pytest.skip("a mouse needs less")
    page.set_up()
    missed = """
        return [...document.querySelectorAll('button:not(.quote-toggle, .link)')].filter(button => {
            const box = button.getBoundingClientRect();
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            const middle = document.elementFromPoint(x, y);
            if (!button.contains(middle)) return false;
            return [[-19, 0], [19, 0], [0, -19], [0, 19]].some(([dx, dy]) =>
                !button.contains(document.elementFromPoint(x + dx, y + dy)));
        }).map(button => button.id || button.innerText);
    """
    page.until(lambda: page.has_button("Answer"))
    assert page.run("return document.querySelectorAll('button').length") > 10
    assert page.run(missed) == []


def test_the_demo_can_be_used_by_keyboard(demo_url: str, tmp_path: Path):
    """Enter presses Start and sends, Shift and Enter break the line; letters find the text field by themselves."""
    from selenium.webdriver.common.keys import Keys

    page = Page(demo_url, tmp_path, 1280, 800)
    try:
        page.keys(Keys.ENTER)
        page.says("When shall I ask?")
        page.run("document.activeElement.blur()")
        page.keys("one")
        page.keys(Keys.ENTER, held=Keys.SHIFT)
        page.keys("two")
        assert page.run("return document.getElementById('input').value") == "one\ntwo"
        page.keys(Keys.ENTER)
        page.says("one\ntwo")
        page.says("I could not read that as a time")
        assert page.severe() == []
    finally:
        page.driver.quit()


def test_the_page_finds_a_demo_that_was_started_anew(tmp_path: Path):
    """The page says that the connection is lost, comes back by itself, and says why the chat is empty."""
    with running_demo() as url:
        page = Page(url, tmp_path, 390, 844)
        page.click("start")
        page.says("When shall I ask?")
    try:
        page.until(lambda: page.driver.find_element("id", "connection").is_displayed())
        with running_demo(int(url.rsplit(":", 1)[1].rstrip("/"))):
            page.until(lambda: any("started anew" in toast.text for toast in page.all("toast")))
            page.until(lambda: not page.driver.find_element("id", "connection").is_displayed())
            page.driver.get_log("browser")
            page.click("start")
            page.says("When shall I ask?")
            assert page.severe() == []
    finally:
        page.driver.quit()


def test_a_file_of_ones_own_is_sent(page: Page, tmp_path: Path) -> None:
    """What is chosen behind the clip goes to the bot as it is on the disk, here as a pack to be kept."""
    page.click("start")
    file = tmp_path / "bakery.yaml"
    file.write_text(pack_text("first-loaf").replace("A small category", "Bäckerei"), encoding="utf-8")
    page.until(lambda: page.all("file-input"))
    page.all("file-input")[0].send_keys(str(file))
    page.says("Bäckerei · 1 question")
    page.press("Keep it")
    page.says("Bäckerei is kept")
