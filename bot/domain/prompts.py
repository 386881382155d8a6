"""What the next text is asked for: the prompt that is open, and one that waits below until that is settled.

They are stored in one line, the open one first. A prompt is a kind and what it is about, such as ``edit:12:task``.
Of the reply prompts one at most is open or waits; whatever else was open gives way to what is asked next. `LATE`
stands before a prompt if a card came since, so that a text may be about that; `HELD` before all of them while a
text is kept of which it is asked what it is for.
"""

LATE = "late:"
HELD = "held"
REPLIES = frozenset({"edit", "more", "mock", "story"})
"""What takes any text as the reply: a part told anew, a question about an answer, a follow-up, a story's name."""

_BETWEEN = "|"


def kind(prompt: str) -> str:
    """Which prompt it is, overtaken or not."""
    return prompt.removeprefix(LATE).partition(":")[0]


def is_holding(stored: str | None) -> bool:
    """Whether a text is kept of which it is asked what it is for."""
    return HELD in _listed(stored)


def top(stored: str | None) -> str:
    """The prompt that is open, with `LATE` before it if it is overtaken; empty if nothing is asked for."""
    return next(iter(_prompts(stored)), "")


def reply(stored: str | None) -> str:
    """The reply prompt that is open or waits below, likewise; empty if there is none."""
    return next((prompt for prompt in _prompts(stored) if kind(prompt) in REPLIES), "")


def opened(stored: str | None, prompt: str) -> str | None:
    """With that prompt open; a reply waits below it, unless it is one itself."""
    waiting = [] if kind(prompt) in REPLIES else [reply(stored)]
    return _stored([prompt, *waiting], is_holding(stored))


def closed(stored: str | None, *kinds: str) -> str | None:
    """Without the prompts of these kinds."""
    left = [prompt for prompt in _prompts(stored) if kind(prompt) not in kinds]
    return _stored(left, is_holding(stored))


def overtaken(stored: str | None, *, by_itself: bool) -> str | None:
    """After a card: a reply may still be meant; anything else too if the card came ``by_itself``, but no search."""
    kept = [
        prompt
        for prompt in _prompts(stored)
        if kind(prompt) in REPLIES or (by_itself and kind(prompt) != "search")
    ]
    return _stored([LATE + prompt.removeprefix(LATE) for prompt in kept], is_holding(stored))


def holding(stored: str | None) -> str | None:
    """While a text is kept."""
    return _stored(list(_prompts(stored)), holds=True)


def released(stored: str | None) -> str | None:
    """Once no text is kept any more."""
    return _stored(list(_prompts(stored)), holds=False)


def _listed(stored: str | None) -> list[str]:
    return stored.split(_BETWEEN) if stored else []


def _prompts(stored: str | None) -> list[str]:
    return [prompt for prompt in _listed(stored) if prompt != HELD]


def _stored(listed: list[str], holds: bool) -> str | None:
    """A text is held for a reply only, so that it is held no longer once no reply is asked for."""
    left = [prompt for prompt in listed if prompt]
    is_held = holds and any(kind(prompt) in REPLIES for prompt in left)
    return _BETWEEN.join([HELD, *left] if is_held else left) or None
