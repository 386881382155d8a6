"""Stories: an answer kept under a name, told again for another question."""

from dataclasses import replace
from zlib import crc32

from bot.domain import stories as fits
from bot.domain.practice import Draft, Received, Segment, Step, units
from bot.domain.stories import NAME_UNITS_MAX, Kept
from bot.domain.terms import PARTS, AnswerId, QuestionId
from bot.screens import detail as detail_screen
from bot.screens import question as question_screen
from bot.screens import stories as screen
from bot.screens.buttons import Tap
from bot.screens.layout import shorten
from bot.usecases import answering, drafts, placing
from bot.usecases.turn import Turn
from db import answers, stories
from db.answers import Answer
from db.stories import Story

EXPECTING = "story"
"""`Person.expecting` while the next text is the name of the story touched last."""

OFFERED_MOST = 8


def keep(turn: Turn, tap: Tap) -> None:
    """[Keep as a story] (stk): kept under its first words at once; the next text may name it."""
    number = tap.number(0)
    answer = None if number is None else answers.get(turn.tx, turn.person_id, AnswerId(number))
    if answer is None or answer.submitted_at is None:
        turn.notice(detail_screen.NOT_THERE)
        return
    name = _first_words(answer)
    stories.keep(turn.tx, turn.person_id, answer.id, name, turn.now_utc)
    _count(turn)
    kept = stories.touched_last(turn.tx, turn.person_id)
    turn.expect(EXPECTING)
    turn.message_id = None
    turn.say(screen.ask_name(name if kept is None else kept.name))


def reads_name(text: str) -> bool:
    """Whether a text may be the name of a story."""
    return "\n" not in text.strip() and units(text.strip()) <= NAME_UNITS_MAX


def to_be_named(turn: Turn) -> Story | None:
    """The story of which the name is asked for; None if it is none any more."""
    return stories.touched_last(turn.tx, turn.person_id)


def take_name(turn: Turn, story: Story, text: Received) -> None:
    """The name came; as it may have been a short answer, it can be put there yet if one is awaited."""
    turn.close(EXPECTING)
    name = " ".join(text.text.split())
    stories.rename(turn.tx, story.id, name)
    has_place = placing.has_place(turn, card_too=True)
    turn.say(screen.named(story.id, name, _mark(text.message_id, name) if has_place else None))


def unname(turn: Turn, tap: Tap) -> None:
    """[It was no name] (stn): the story is called by its first words again, and the text goes where it belongs."""
    found, message_id = _found(turn, tap), tap.number(1)
    answer = None if found is None else answers.get(turn.tx, turn.person_id, found.answer_id)
    if found is None or answer is None or message_id is None:
        return
    first_words = _first_words(answer)
    if _mark(message_id, found.name) != (message_id, tap.number(2)):  # it was called otherwise since
        turn.notice(screen.NO_NAME_ALREADY)
        return
    stories.rename(turn.tx, found.id, first_words)
    turn.show(screen.unnamed(first_words))
    turn.message_id = None
    placing.place(turn, Received(message_id, found.name, turn.now_utc))


def show(turn: Turn, page: int = 0) -> None:
    """/stories, and [Stories] and [This name is fine] (st), which ends the question for the name."""
    if turn.message_id is not None:
        turn.close(EXPECTING)
    told = stories.of_person(turn.tx, turn.person_id)
    kept = _kept(turn, told)
    worn = fits.overused(kept)
    asked = {category.id: category.title for category in turn.library.categories}
    chosen = [each for each in asked if turn.person.category_ids is None or each in turn.person.category_ids]
    used_in = stories.used_in(turn.tx, turn.person_id)
    missing = [asked[each] for each in fits.without(kept, chosen) if each not in used_in]
    entries = [(story.id, story.name, story.told) for story in told]
    turn.show(screen.overview(entries, next((s.name for s in told if s.id == worn), ""), missing, page))


def open_story(turn: Turn, tap: Tap) -> None:
    """One story (sto)."""
    found = _found(turn, tap)
    answer = None if found is None else answers.get(turn.tx, turn.person_id, found.answer_id)
    if found is None or answer is None:
        return
    beginning = next((text for text in answer.texts.values() if text), "")
    turn.show(screen.story(found.id, found.name, found.told, answer.id, answer.prompt, beginning))


def ask_rename(turn: Turn, tap: Tap) -> None:
    """[Rename] (str)."""
    found = _found(turn, tap)
    if found is not None:
        stories.touch(turn.tx, found.id, turn.now_utc)
        turn.expect(EXPECTING)
        turn.show(screen.ask_rename(found.name))


def remove(turn: Turn, tap: Tap) -> None:
    """[Remove] (stx): it is no story any more; the answer stays."""
    found = _found(turn, tap)
    if found is not None:
        stories.remove(turn.tx, found.id)
        turn.close(EXPECTING)
        _count(turn)
        turn.show(screen.removed(found.name, found.answer_id))


def offer(turn: Turn, tap: Tap) -> None:
    """[Use a story] on a card (stu): those that fit the question, else all."""
    question = turn.library.question(QuestionId(tap.arg(0)))
    category = None if question is None else turn.library.category_of(question.id)
    if question is None or category is None or question.retired:
        turn.notice(question_screen.GONE)
        return
    told = {story.id: story for story in stories.of_person(turn.tx, turn.person_id)}
    if not told:
        turn.notice(screen.NONE_KEPT)
        return
    near = fits.fitting(_kept(turn, tuple(told.values())), category.id, question.competencies)
    offered = [told[story_id] for story_id in near or told][:OFFERED_MOST]
    entries = [(story.id, story.name, story.told) for story in offered]
    turn.show(screen.choose(question.id, question.prompt, entries, fit=bool(near)))


def tell(turn: Turn, tap: Tap) -> None:
    """A story was chosen for a question (stp): its parts are the beginning of the answer, at the review."""
    found = _found(turn, tap)
    question = turn.library.question(QuestionId(tap.arg(1)))
    answer = None if found is None else answers.get(turn.tx, turn.person_id, found.answer_id)
    if found is None or answer is None or answer.submitted_at is None:
        return
    if question is None or question.retired:
        turn.notice(question_screen.GONE)
        return
    begun = answers.draft_of(turn.tx, turn.person_id, question.id)
    if begun is not None and any(begun.texts.values()):
        turn.notice(screen.BEGUN_ALREADY)
        answering.begin(turn, question.id)
        return
    stored = answering.open_draft(turn, question)
    if not stored.draft.is_empty():  # texts that waited between two questions have just become its beginning
        turn.notice(screen.BEGUN_ALREADY)
        answering.resume(turn, stored.answer.id)
        return
    # No message of the chat brought these words here, so an edited message must not change them: id 0 is nobody's.
    parts = {
        part: (Segment(0, answer.texts[part], answer.submitted_at),) for part in PARTS if answer.texts[part]
    }
    kept = drafts.save(turn, stored, replace(Draft(parts), step=Step.REVIEW))
    stories.use(turn.tx, found.id, kept.answer.id)
    answering.resume(turn, kept.answer.id, screen.FILLED)


def _found(turn: Turn, tap: Tap) -> Story | None:
    number = tap.number(0)
    found = None if number is None else stories.get(turn.tx, turn.person_id, number)
    if found is None:
        turn.notice(screen.NOT_THERE)
    return found


def _kept(turn: Turn, told: tuple[Story, ...]) -> list[Kept]:
    kept = []
    for story in told:
        question = turn.library.question(story.question_id)
        kept.append(Kept(story.id, story.category_id, question.competencies if question else (), story.told))
    return kept


def _mark(message_id: int, name: str) -> tuple[int, int]:
    """The message that brought a name, and a number that tells the name from others, for a button."""
    return message_id, crc32(name.encode("utf-8", "surrogatepass"))


def _first_words(answer: Answer) -> str:
    """What a story is called until it gets a name."""
    words = next((text for text in answer.texts.values() if text.strip()), answer.prompt)
    return shorten(" ".join(words.split()), NAME_UNITS_MAX).rstrip(".,;:") or words[:1]


def _count(turn: Turn) -> None:
    """Store with the person how many there are, so that a push need not ask."""
    turn.change(story_count=len(stories.of_person(turn.tx, turn.person_id)))
