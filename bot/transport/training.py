"""The table of buttons for practice and what goes with it; `handlers` has the rest."""

from collections.abc import Callable

from bot.domain.terms import QuestionId
from bot.screens.buttons import Tap
from bot.usecases import practising
from bot.usecases.turn import Turn

TAPS: dict[str, Callable[[Turn, Tap], None]] = {
    "wp": lambda turn, _: practising.show_weak_points(turn),
    "wf": lambda turn, tap: practising.practise_flag(turn, tap.arg(0)),
    "wq": lambda turn, tap: practising.practise_missed(turn, QuestionId(tap.arg(0))),
    "lvs": lambda turn, _: practising.show_levels(turn),
    "lv": lambda turn, tap: practising.practise_level(turn, tap.arg(0)),
}
