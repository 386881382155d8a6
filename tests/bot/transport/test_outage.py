"""How long to wait after calls that got no answer."""

from bot.transport.limits import ChatPace
from bot.transport.outage import PAUSE_SECONDS, Outage
from bot.transport.queue import ChatQueue


class _Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def _chat() -> ChatQueue:
    return ChatQueue(ChatPace.of(1))


def test_failures_in_a_row_lead_to_longer_pauses_for_all_up_to_five_seconds() -> None:
    """The longest pause is what people wait at most after the end of an outage."""
    time, chat = _Time(), _chat()
    outage = Outage(time)
    pauses = []
    for _ in range(7):
        seconds, concerns_all = outage.pause_seconds(chat)
        assert concerns_all
        pauses.append(seconds)
        time.now += seconds
    assert pauses == [*PAUSE_SECONDS, 5.0, 5.0]


def test_calls_that_fail_together_share_one_pause() -> None:
    """Thirty calls under way at once are not thirty failures in a row: the rest of the pause is for them too."""
    time = _Time()
    outage = Outage(time)
    outage.pause_seconds(_chat())
    time.now += 0.2
    shared = [outage.pause_seconds(_chat()) for _ in range(29)]
    assert all(concerns_all and 0.29 < seconds < 0.31 for seconds, concerns_all in shared)
    time.now += 0.4
    assert outage.pause_seconds(_chat()) == (1.0, True)


def test_letter_that_fails_while_others_pass_makes_only_its_chat_wait() -> None:
    """The first failure may be an outage; the next one, after another chat got through, is this letter's own."""
    time, chat = _Time(), _chat()
    outage = Outage(time)
    assert outage.pause_seconds(chat) == (0.5, True)
    pauses = []
    for _ in range(5):
        time.now += 10.0
        outage.over()
        pauses.append(outage.pause_seconds(chat))
    assert pauses == [(1.0, False), (2.0, False), (3.0, False), (5.0, False), (5.0, False)]


def test_after_the_end_the_first_pause_is_short_again() -> None:
    """A call that got through ends the row."""
    time = _Time()
    outage = Outage(time)
    for _ in range(4):
        time.now += outage.pause_seconds(_chat())[0]
    outage.over()
    assert outage.pause_seconds(_chat()) == (0.5, True)
