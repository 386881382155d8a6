"""Who acts in a text; every story is invented."""

import pytest

from bot.domain.coach import Code, read
from bot.domain.coach.voice import voice
from bot.domain.terms import Part

OWN = [
    "I called the supplier and agreed a new date. Then I told my boss.",
    "Rang the bank, froze the card, then wrote to the customer.",
    (
        "We were all in shock. I took the phone, called each parent and stayed until the last child "
        "was picked up. We had tea afterwards."
    ),
    ("me and my colleague sat down, I did the numbers and she did the slides, we presented it together"),
    (
        "I asked what we needed most, and I cut everything that we could do without. I told them we "
        "would be late."
    ),
    "First thing i did was own up. Then i rebuilt the sheet from the backup and sent it round",
    (
        "My part was the database. I rewrote the import, tested it on old files and showed the team "
        "how to run it. The rest was done by others."
    ),
    "Apologised to her face to face. Put a note in my calendar to check every Friday.",
    "The manager was told by me the same day. I printed the logs and marked every failure in red.",
    (
        "I led the review. We met daily. I wrote up every decision and I chased the open points. We "
        "shipped on Friday."
    ),
    "I had my colleague check the figures, and I resubmitted the form. The form was accepted.",
    "- asked the crew what went wrong\n- wrote the list\n- checked it with the foreman",
    (
        "So what I did, I took the laptop home and I went line by line through the code till I "
        "found it. Then in the morning I have explained it to my boss."
    ),
    "I am calling the vendor first, then I am checking the log, and I find the cable.",
    "Personally went to see the neighbour and said sorry, brought flowers too.",
    (
        "Whilst the team carried on with the old version I wrote the new one at night. We swapped "
        "them on the Sunday."
    ),
    "I'd been told to wait but I went ahead and booked the hall. We set up chairs, I did the sound.",
    (
        "Because nobody had a key I climbed through the window, opened the gate and let the others "
        "in. We were laughing about it later, we still do."
    ),
    "My job was the menu so I cut it, I priced it again, I tasted everything twice. We all served.",
    "1. Stopped the press\n2. Measured the gap\n3. Told the shift lead",
]

TEAM = [
    "We sat together and we looked for the cause. We then changed the supplier and we tested again.",
    "The issue was escalated and a task force was formed. A workaround was deployed within days.",
    "Our team decided to split the work. We had daily calls and we fixed the bugs one after another.",
    "The team analysed the root cause and the team rolled out a fix. Everyone helped.",
    (
        "As a group we agreed to change the plan. Everybody took a piece and we met every week. I "
        "was part of that."
    ),
    (
        "I was in a team of four. We divided the chapters, we wrote them, we reviewed them together "
        "and we handed in on time."
    ),
    "It was agreed to stop the line. Samples were taken and sent to the lab. New seals were ordered.",
    "we just kept going, we worked late and we got it done together",
    (
        "We talked to the customer. We offered a discount. We made a plan. I think we did well. We "
        "followed it."
    ),
    "Steps were taken to inform the parents and the policy was revised.",
    ("I believe that we handled it as one. We all stayed late, we phoned around and we rebuilt the stand."),
    "The committee reviewed the budget, the venue was changed and tickets were refunded.",
    (
        "Together with my colleagues we looked at the options. We chose the cheapest, we ordered it "
        "and we put it in place."
    ),
    "A meeting was organised and the plan was presented to everybody. The staff was trained.",
    (
        "Our department reviewed the complaint and our manager approved a refund. We informed the "
        "client. We updated the form."
    ),
    "At first we panicked. Then we made a list, called everyone and sorted it out as a team.",
    (
        "There was a lot of discussion and finally it was decided to change the layout. The shelves "
        "were moved."
    ),
    (
        "In our group we shared the tasks equally. We trusted each other, we worked hard, we helped "
        "where we could."
    ),
    ("We've introduced a checklist, we've trained the drivers and we've put up signs. I think it shows."),
    "The decision was taken by the board, the site was closed and customers were redirected.",
]


def hides_the_speaker(action: str) -> bool:
    """Whether the coach points out that one cannot tell what the speaker did."""
    return any(f.code is Code.WE_OVER_I for f in read({Part.ACTION: action}).findings)


@pytest.mark.parametrize("action", OWN)
def test_own_deeds_are_heard_beside_we(action: str) -> None:
    """A clear "I", or a deed whose subject was dropped, is enough beside some "we" and passive."""
    assert not hides_the_speaker(action)


@pytest.mark.parametrize("action", TEAM)
def test_we_and_passive_hide_the_speaker(action: str) -> None:
    """Mostly "we", the team or a passive, with no or hardly a deed of one's own, is pointed out."""
    assert hides_the_speaker(action)


def test_deeds_in_a_row_count_each() -> None:
    """Verbs that share one subject are deeds of that subject, for "I" and for "we" alike."""
    assert voice("I rang her, wrote it down and went home.").own == 3
    assert voice("We rang her, wrote it down and went home.").team == 3


def test_a_dropped_subject_is_the_speaker() -> None:
    """A sentence that starts with a past verb is told about oneself."""
    assert voice("Then rang the plumber.").own == 1


def test_a_participle_before_we_is_not_a_dropped_subject() -> None:
    """ "Based on this, we …" has a subject: we."""
    said = voice("Based on the survey, we moved the desk.")
    assert (said.own, said.team) == (0, 1)


def test_quoted_speech_is_not_the_speaker() -> None:
    """An "I" that somebody else says in quotation marks is not a deed of the speaker."""
    assert voice('The nurse asked "can I bring this back" and the form was signed.').own == 0


def test_an_opinion_is_no_deed() -> None:
    """ "I think" and "I was part of it" do not tell what was done."""
    assert voice("I think it was fine. I was part of it.").own == 0


def test_latin_and_roman_i_are_not_the_speaker() -> None:
    """ "i.e." and "Phase I" are not the pronoun."""
    assert voice("The old pump, i.e. the red one, and Phase I of the plan.").own == 0
