"""The table of commands and buttons for practice and what goes with it; `handlers` has the rest."""

from collections.abc import Callable

from bot.domain.terms import QuestionId
from bot.screens.buttons import Tap
from bot.usecases import mocking, practising, targeting, telling
from bot.usecases.turn import Turn

COMMANDS: dict[str, Callable[[Turn, str], None]] = {
    "mock": lambda turn, _: mocking.open_mock(turn),
    "target": targeting.open_target,
    "stories": lambda turn, _: telling.show(turn),
}

TAPS: dict[str, Callable[[Turn, Tap], None]] = {
    "wp": lambda turn, _: practising.show_weak_points(turn),
    "wf": lambda turn, tap: practising.practise_flag(turn, tap.arg(0)),
    "wq": lambda turn, tap: practising.practise_missed(turn, QuestionId(tap.arg(0))),
    "lvs": lambda turn, _: practising.show_levels(turn),
    "mkn": mocking.begin,
    "mkg": mocking.go_on,
    "mks": mocking.skip,
    "mkf": mocking.leave_follow_up,
    "mkp": mocking.park,
    "mke": mocking.end,
    "mko": mocking.open_answer,
    "mkr": mocking.show_report,
    "tgs": lambda turn, _: targeting.say_sheet(turn),
    "tgo": lambda turn, _: targeting.switch_off(turn),
    "tgw": targeting.take_outcome,
    "tgm": targeting.moved,
    "st": lambda turn, tap: telling.show(turn, tap.number(0) or 0),
    "stk": telling.keep,
    "sto": telling.open_story,
    "str": telling.ask_rename,
    "stn": telling.unname,
    "stx": telling.remove,
    "stu": telling.offer,
    "stp": telling.tell,
    "lv": lambda turn, tap: practising.practise_level(turn, tap.arg(0)),
}
