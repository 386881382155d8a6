"""What changed from one attempt to the next."""

from bot.domain.coach import Code, Finding, Heard, Progress, Reading, progress


def _reading(*codes: Code, heard: str = "", words: int = 100) -> Reading:
    points = tuple(Heard(point, heard=point in heard.split()) for point in ("one", "two", "three"))
    return Reading({}, {}, words, round(words * 60 / 140), tuple(map(Finding, codes)), (), points)


def test_flags_are_mended_new_or_still_there() -> None:
    """Each once, and what is about shape is no flag."""
    before = _reading(Code.NO_NUMBERS, Code.VAGUE, Code.TOO_SHORT)
    changed = progress(before, _reading(Code.VAGUE, Code.WE_OVER_I))
    assert [finding.code for finding in changed.mended] == [Code.NO_NUMBERS]
    assert [finding.code for finding in changed.new] == [Code.WE_OVER_I]
    assert [finding.code for finding in changed.still] == [Code.VAGUE]


def test_points_are_gained_and_lost() -> None:
    """In the order of the question."""
    changed = progress(_reading(heard="two"), _reading(heard="three one"))
    assert (changed.gained, changed.lost) == (("one", "three"), ("two",))


def test_a_few_words_more_are_no_change_of_length() -> None:
    """A quarter more or less is worth a word."""
    assert progress(_reading(words=100), _reading(words=120)).seconds is None
    assert progress(_reading(words=100), _reading(words=140)).seconds == (43, 60)


def test_nothing_changed_in_an_answer_told_again() -> None:
    """The same reading twice leaves nothing to say."""
    same = _reading(Code.VAGUE, heard="one")
    assert progress(same, same) == Progress(still=(Finding(Code.VAGUE),))
