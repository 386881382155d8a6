"""The table of commands and buttons, and the use case for each. A handler unpacks and calls; it decides nothing."""

from collections.abc import Callable

from bot.domain.terms import AnswerId, CategoryId, Part, QuestionId
from bot.screens import general
from bot.screens.buttons import Tap
from bot.transport import training
from bot.usecases import (
    account,
    amending,
    answering,
    asking,
    detail,
    export,
    following,
    history,
    mocking,
    packs,
    placing,
    practising,
    replying,
    settings,
    stats,
    talk,
)
from bot.usecases.turn import Turn

Work = Callable[[Turn], None]

_LINKED_QUESTION = "q_"


def _start(turn: Turn, rest: str) -> None:
    if not rest.startswith(_LINKED_QUESTION):
        settings.start(turn)
    else:
        settings.start_linked(turn, QuestionId(rest.removeprefix(_LINKED_QUESTION)))


def _cancel(turn: Turn, _rest: str) -> None:
    talk.cancel(turn)


def _time(turn: Turn, rest: str) -> None:
    settings.read_time(turn, rest) if rest else settings.open_section(turn, "time")


def _timezone(turn: Turn, rest: str) -> None:
    settings.read_zone(turn, rest) if rest else settings.open_section(turn, "zone")


def _pause(turn: Turn, rest: str) -> None:
    settings.read_pause(turn, rest) if rest else settings.open_section(turn, "pause")


def _help(turn: Turn, _rest: str) -> None:
    turn.say(general.help_screen())


def _privacy(turn: Turn, _rest: str) -> None:
    turn.say(general.privacy())


def _export(turn: Turn, _rest: str) -> None:
    export.export(turn)


def _stats(turn: Turn, _rest: str) -> None:
    stats.show_stats(turn)


def old_button(turn: Turn, _tap: Tap) -> None:
    """A button that no version of now knows."""
    turn.notice(general.OLD_BUTTON)


COMMANDS: dict[str, Callable[[Turn, str], None]] = {
    "start": _start,
    "question": lambda turn, _: asking.ask(turn),
    "history": history.open_history,
    "packs": lambda turn, _: packs.open_packs(turn),
    "practice": lambda turn, _: practising.open_practice(turn),
    "stats": _stats,
    "settings": lambda turn, _: settings.open_settings(turn),
    "cancel": _cancel,
    "time": _time,
    "timezone": _timezone,
    "pause": _pause,
    "resume": lambda turn, _: settings.resume(turn),
    "export": _export,
    "privacy": _privacy,
    "deleteme": lambda turn, _: account.ask_deletion(turn),
    "help": _help,
    **training.COMMANDS,
}


def _of_an_answer(handler: Callable[[Turn, Tap], None]) -> Callable[[Turn, Tap], None]:
    """A tap that goes on with an answer ends whatever prompt was open: what is typed next is about that answer."""

    def handle(turn: Turn, tap: Tap) -> None:
        if turn.person.expecting is not None:
            turn.change(expecting=None)
        handler(turn, tap)

    return handle


def _of_a_card(handler: Callable[[Turn, Tap], None]) -> Callable[[Turn, Tap], None]:
    """A tap on a card that begins no answer ends the other prompts; what is typed next may still be a reply."""

    def handle(turn: Turn, tap: Tap) -> None:
        turn.overtake()
        handler(turn, tap)

    return handle


def _question(use_case: Callable[[Turn, QuestionId], None]) -> Callable[[Turn, Tap], None]:
    return _of_a_card(lambda turn, tap: use_case(turn, QuestionId(tap.arg(0))))


def _category(use_case: Callable[[Turn, CategoryId], None]) -> Callable[[Turn, Tap], None]:
    return lambda turn, tap: use_case(turn, CategoryId(tap.arg(0)))


def _answer(use_case: Callable[[Turn, AnswerId], None]) -> Callable[[Turn, Tap], None]:
    def handle(turn: Turn, tap: Tap) -> None:
        number = tap.number(0)
        if number is None:
            old_button(turn, tap)
        else:
            use_case(turn, AnswerId(number))

    return _of_an_answer(handle)


def _part(use_case: Callable[[Turn, AnswerId, Part], None]) -> Callable[[Turn, Tap], None]:
    def handle(turn: Turn, tap: Tap) -> None:
        number = tap.number(0)
        if number is None or tap.arg(1) not in {part.value for part in Part}:
            old_button(turn, tap)
        else:
            use_case(turn, AnswerId(number), Part(tap.arg(1)))

    return _of_an_answer(handle)


def _number(use_case: Callable[[Turn, int], None]) -> Callable[[Turn, Tap], None]:
    def handle(turn: Turn, tap: Tap) -> None:
        number = tap.number(0)
        if number is None:
            old_button(turn, tap)
        else:
            use_case(turn, number)

    return handle


def _below(turn: Turn, use_case: Callable[[Turn], None]) -> None:
    """Answer with a new message, so that the one the button hangs on stays to be read."""
    turn.message_id = None
    use_case(turn)


def _rate(turn: Turn, tap: Tap) -> None:
    number, rating = tap.number(0), tap.number(1)
    if number is None or rating is None:
        old_button(turn, tap)
    else:
        answering.rate(turn, AnswerId(number), rating)


TAPS: dict[str, Callable[[Turn, Tap], None]] = {
    "new": lambda turn, _: _below(turn, asking.ask_another),
    "ans": _of_an_answer(lambda turn, tap: mocking.answer(turn, QuestionId(tap.arg(0)))),
    "later": _question(asking.offer_later),
    "card": _question(asking.show_card),
    "swap": _question(asking.swap),
    "nt": _question(asking.decline),
    "at": _of_a_card(lambda turn, tap: asking.put_off(turn, QuestionId(tap.arg(0)), tap.arg(1))),
    "hint": _part(answering.hint),
    "back": _part(answering.step_back),
    "skip": _part(answering.step_forward),
    "keep": _part(answering.step_forward),
    "add": _part(answering.add),
    "edit": _part(answering.edit),
    "cancel": _answer(answering.cancel),
    "cont": _answer(answering.resume),
    "over": _answer(answering.start_over),
    "undo": _answer(answering.undo_start_over),
    "empty": amending.empty,
    "submit": _answer(mocking.submit),
    "mv": _of_an_answer(placing.decide),
    "rate": _rate,
    "again": _answer(answering.try_again),
    "more": following.ask,
    "hl": replying.decide,
    "set": lambda turn, tap: settings.open_section(turn, tap.arg(0), tap.number(1) or 0),
    "time": _number(settings.set_time),
    "zone": lambda turn, tap: settings.set_zone(turn, tap.arg(0)),
    "loc": lambda turn, _: settings.ask_location(turn),
    "clk": lambda turn, _: settings.ask_clock(turn),
    "day": lambda turn, tap: settings.switch_day(turn, tap.arg(0)),
    "cat": _category(settings.switch_category),
    "lvl": lambda turn, tap: settings.set_level(turn, tap.arg(0)),
    "pause": _number(settings.pause_for),
    "until": lambda turn, tap: settings.confirm_pause(turn, tap.arg(0)),
    "resume": lambda turn, _: settings.resume(turn),
    "prac": _category(practising.practise_category),
    "tips": _category(practising.show_tips),
    "pp": _number(practising.open_practice),
    "hard": lambda turn, _: practising.practise_hard(turn),
    "hist": lambda turn, _: _below(turn, history.open_history),
    "h": history.show_list,
    "hx": history.clear_filter,
    "hm": history.choose_category,
    "hs": history.ask_words,
    "ho": detail.open_answer,
    "hw": detail.show_reading,
    "ha": detail.show_model,
    "hc": detail.compare,
    "he": detail.choose_part,
    "hp": detail.ask_text,
    "hd": history.show_drafts,
    "hb": history.show_deleted,
    "hr": history.delete,
    "hu": history.undo_delete,
    "hn": detail.tell_page,
    "pkk": _number(packs.keep),
    "pkd": _number(packs.drop),
    "pkl": lambda turn, _: packs.open_packs(turn),
    "pko": _number(packs.open_pack),
    "pkr": _number(packs.ask_removal),
    "pkx": _number(packs.remove),
    "pke": packs.hand_example,
    "dd": account.delete_everything,
    "dk": account.keep,
    **training.TAPS,
}
