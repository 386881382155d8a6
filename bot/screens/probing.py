"""How an interviewer asks about a point that was not heard. Points are written as statements about the answer."""

import re

from bot.domain.terms import Part

_OF_THE_TELLING = frozenset(
    "add admit compare describe explain give name own prove report say show tell".split()  # noqa: SIM905 - a list of words
)
_OF_HABIT = frozenset(
    "choose end go have judge know learn leave look make see speak stand take try use work".split()  # noqa: SIM905
)
_LASTING = frozenset("had held judged kept knew stayed stood understood valued were".split())  # noqa: SIM905

_YOU = re.compile(r"You (?P<rest>(?P<verb>[A-Za-z']+).*)\Z", re.DOTALL)
_AFTER = re.compile(r"(?P<clause>(?:When|Once|As soon as|Before|After) [^,]*), you\b")
_OUTCOME = re.compile(
    r"\b(?:was|were|came|became|held|got|made|paid|survived|proved|stayed|went|took|noticed|could|has|have|is|are"
    r"|[a-z]{2,}ed)\b"
)
_PROMISE = re.compile(r", (?:and|or) you (?:can (?:show it|say .*)|have a figure for it)\Z")
_FIGURES = re.compile(r"[,:] (?:both, )?(?:in|with(?: an effect in)?) (?:a )?figures?\b")
_OF_THE_END = re.compile(r"\b(?:figures?|result|outcome|afterwards|better|changed)\b")


def ask(point: str) -> tuple[str, Part]:
    """The question about a point that was not heard, and the part to which the reply belongs."""
    text = point.strip().rstrip(".")
    you = _YOU.match(text)
    if you is not None:
        question = _ask_you(you["verb"].lower(), you["rest"])
        is_of_the_end = you["verb"] in _OF_THE_TELLING and _OF_THE_END.search(text) is not None
        return question, Part.RESULT if is_of_the_end else Part.ACTION
    if text.startswith("Meanwhile "):
        return "What did you do meanwhile?", Part.ACTION
    after = _AFTER.match(text)
    if after is not None:
        return f"{after['clause']}, what did you do?", Part.ACTION
    if _OUTCOME.search(text):
        return _ask_outcome(text), Part.RESULT
    return f"Could you say a little about this: {_small(text)}?", Part.ACTION


def _ask_you(verb: str, rest: str) -> str:
    """What the person tells in the answer, or did at the time."""
    if verb in {"are", "can"}:
        verb, _space, rest = rest.partition(" ")
        return f"{verb.capitalize()} you {rest.replace(' and can ', ' and can you ')}?"
    if verb in _OF_THE_TELLING:
        return f"Could you {rest}?"
    if verb in _OF_HABIT:
        return f"Do you {rest.replace(' and can ', ' and can you ')}?"
    if verb in _LASTING:
        return f"Would you say that you {rest}? What showed it?"
    return f"Was there a moment when you {rest}?"


def _ask_outcome(text: str) -> str:
    """What became of it, which shows by something; what the point promises besides is left out."""
    said = _FIGURES.sub("", text)
    what = "What" if said == text else "In figures, what"
    return f"{what} tells you that {_small(_PROMISE.sub('', said))}?"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
