"""What changed from one attempt to the next, in the terms of the reading."""

from dataclasses import dataclass

from bot.domain.coach.findings import FLAGS, Code, Finding, Reading

LENGTH_CHANGED = 0.25
"""A change of length smaller than this share of the earlier one is not worth a word."""


@dataclass(frozen=True, slots=True)
class Progress:
    """An attempt beside the one before.

    ``mended`` flags are gone, ``new`` ones came, ``still`` ones are in both, each as it was found in the attempt
    that has it (the later one for ``still``). ``gained`` and ``lost`` are ids of points. ``seconds``: how long
    both take to say, the earlier first, where that changed much; else None.
    """

    mended: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    seconds: tuple[int, int] | None = None


def progress(before: Reading, after: Reading) -> Progress:
    """What changed from the reading of one attempt to that of the next."""
    faults_before, faults_after = _flags(before), _flags(after)
    heard_before = {point.id for point in before.points if point.heard}
    heard_after = [point.id for point in after.points if point.heard]
    apart = abs(after.total_words - before.total_words)
    is_longer = apart > LENGTH_CHANGED * before.total_words
    return Progress(
        mended=tuple(fault for code, fault in faults_before.items() if code not in faults_after),
        new=tuple(fault for code, fault in faults_after.items() if code not in faults_before),
        still=tuple(fault for code, fault in faults_after.items() if code in faults_before),
        gained=tuple(point for point in heard_after if point not in heard_before),
        lost=tuple(point.id for point in before.points if point.heard and point.id not in heard_after),
        seconds=(before.speaking_seconds, after.speaking_seconds) if is_longer else None,
    )


def _flags(reading: Reading) -> dict[Code, Finding]:
    return {finding.code: finding for finding in reading.findings if finding.code in FLAGS}
