"""What is asked for, one prompt over another."""

from bot.domain import prompts


def test_a_reply_waits_below_what_is_asked_meanwhile() -> None:
    """And is asked for again once that is settled."""
    stored = prompts.opened(prompts.opened(None, "more:7:action:0"), "time")
    assert prompts.top(stored) == "time"
    assert prompts.reply(stored) == "more:7:action:0"
    assert prompts.closed(stored, "time") == "more:7:action:0"


def test_nothing_else_waits() -> None:
    """One setting after another, or one reply after another: the earlier prompt is gone."""
    assert prompts.opened("time", "pause") == "pause"
    assert prompts.opened("time|edit:7:task", "edit:8:task") == "edit:8:task"
    assert prompts.opened("time|edit:7:task", "zone") == "zone|edit:7:task"


def test_a_card_overtakes() -> None:
    """One that was asked for closes all but a reply, one that came by itself only a search."""
    stored = "time|edit:7:task"
    assert prompts.overtaken(stored, by_itself=False) == "late:edit:7:task"
    assert prompts.overtaken(stored, by_itself=True) == "late:time|late:edit:7:task"
    assert prompts.overtaken("late:time", by_itself=True) == "late:time"
    assert prompts.overtaken("search", by_itself=True) is None


def test_a_text_is_held_as_long_as_a_reply_is_asked_for() -> None:
    """It stays through other prompts, and is held no longer once the reply prompt is closed."""
    held = prompts.holding("late:more:7:action:0")
    assert prompts.is_holding(prompts.opened(held, "time"))
    assert prompts.top(prompts.opened(held, "time")) == "time"
    assert prompts.closed(held, "more") is None
    assert prompts.released(held) == "late:more:7:action:0"
