"""Outcomes told in figures; every sentence is invented."""

import pytest

from bot.domain.coach.numbers import figures

OUTCOMES = [
    "In the end we were 9 days over and I had to explain it to the board.",
    "All 26 residents got their jab that week, before it was maybe 15.",
    "Sales went up by a fifth in the first quarter after that.",
    "We got 48 of the 52 clients back before the summer.",
    "It saved the ward roughly an hour every shift.",
    "The refund cost us £1,200 and nobody else was charged.",
    "Late deliveries dropped to almost none, from about nine a month.",
    "The line ran at ninety-five percent for the rest of the year.",
    "Page loads are three times faster now.",
    "Customers waited two minutes instead of ten.",
    "My score on the next survey was 4.6.",
    "The second version passed with a distinction and 87 marks.",
    "we halved the queue by easter",
    "They renewed for two more years.",
    "zero incidents since",
    "Turnover doubled in the café.",
    "We delivered ten days late but under budget.",
    "The rework took six hours and we lost one customer.",
    "3 of the 5 schools signed up, which was one more than the target",
    "Attendance rose from a handful to over thirty.",
    "Response time is down to under 4 hrs.",
    "the boss gave me 9/10 for the next one",
    "Returned parts fell by two thirds.",
    "Only one pallet was damaged on the next run.",
    "Lost about five grand in the end, learned to check.",
    "Got the report out a week early.",
    "It took us a fortnight to clear the backlog, it used to take a month.",
    "Since then I trained 14 new starters with it.",
    "the clinic sees twelve more patients each day",
    "Churn came down 40 basis points.",
    "We cut the set-up from 45 min to 12.",
    "A dozen families came to the reopening.",
    "We finished in half the time.",
    "Downtime shrank to minutes rather than hours.",
    "The app was downloaded 2000 times.",
    "one in four visitors now signs up",
    "My grade went from a D to a B.",
    "4 out of 5 stars on the next inspection",
    "The complaint rate is now below 1 per 1,000 orders.",
    "Our NPS rose 12 points.",
    "It freed up two nurses for other work.",
    "We sold out in three days.",
    "We ended up refunding eleven guests and keeping the rest.",
    "In the end, I hit my target with two days to spare.",
    "My mentor said the talk was fine and 70 people stayed to the end.",
    "Sold all 300 seats.",
    "Instead of 6 people on the job we needed four.",
    "Reduced my error rate from 5 in 100 to 1 in 100.",
    "Our rating climbed to 4,7 sterren on Google.",
    "the kitchen food cost went from 38 to 31",
    "Now it takes me 20 minutes where before I needed the whole afternoon.",
    "Not one of the 9 candidates dropped out.",
    "They paid the whole invoice, €14.500.",
    "He is still with us and got promoted twice. Absence fell by a third.",
    "The bug count halved, and we have had two outages since compared to nine the year before.",
    "The patient went home after six days, four earlier than planned.",
    "I finished second of 40 in the class.",
    "We lost 8 subscribers but won 31.",
    "Three months ahead of schedule.",
    "I passed with 82.",
    "Saved about a day and a half per month.",
    "The queue at the desk is about five people now, it used to go out of the door with 30.",
]

NO_OUTCOMES = [
    "My two colleagues thanked me for being honest.",
    "Next time I will ask for help after one day, not after ten.",
    "The project was delivered in 2022 and everyone was pleased.",
    "Our team of 12 is much closer now.",
    "We moved everything to Python 3.11 and it has been stable.",
    "It went really well and my manager was happy.",
    "I learned three things from it: listen, ask, write it down.",
    "The client stayed with us and things improved a lot.",
    "In the end it launched on 14 March and people liked it.",
    "I was promoted the year after.",
    "There are still six of us in the office and we get on fine.",
    "I am 34 years old and still remember it.",
    "The meeting at 9:30 went smoothly and they accepted the plan.",
    "Two weeks later she thanked me.",
    "Now I always ask two people to read my emails.",
    "I have been working there for five years and never had it again.",
    "One day I will do it better.",
    "Year 9 enjoyed the lesson and behaved.",
    "Quality improved significantly and costs were reduced.",
    "It was one of the best decisions I made.",
    "Version 2.1 went out and worked.",
    "I double checked everything after that.",
    "It was better for both sides.",
    "The second attempt was a success.",
    "I gave it 110% and I was 100% sure it was right.",
    "Since Q3 it has been running without problems.",
    "The four of us still meet for a beer.",
    "I'd say half of me was relieved.",
    "After three months I felt comfortable in the role.",
    "We passed ISO 9001 in the autumn.",
    "My manager and the other two leads were satisfied.",
    "Next time I would take two days to plan it.",
    "The 8-person team delivered on time.",
    "She told me it was a million times better.",
    "Everybody was happy, the customer too.",
    "He called once or twice to say thanks.",
    "On the 21st we opened and it was lovely.",
    "I now keep a checklist of 10 items.",
    "The new system is available 24/7.",
    "Nobody complained.",
    "In the second half of the year it was calmer.",
    "Things went back to normal by December 2019.",
    "I became a better listener because of that. My team of five noticed.",
    "We opened the store on Monday 6 May and it looked great.",
    "In 2020 and 2021 I used the same method and it always helped.",
    "It took a long time but we got there in the end.",
    "The whole team, 7 people, came out stronger.",
    "My boss said I handled it well. I was 23 then.",
    "I now read each email three times before sending it.",
    "A few customers were still angry, most were fine.",
    "Many hours were saved and many errors avoided.",
    "Room 214 is now the tidiest of all.",
    "Costs went down and sales went up.",
    "She is one of our best people today.",
    "I got a bonus for it.",
    "I think it was a good result for the 3 of us.",
    "He forgave me a few weeks later.",
    "The upgrade from Windows 10 to Windows 11 was done without trouble.",
    "I was number one choice for the next project.",
    "Everything was ready by 5 pm on Friday.",
    "The product line was launched in Germany and in France.",
    "We are 14 people in the department and all know the new process.",
]


@pytest.mark.parametrize("result", OUTCOMES)
def test_a_measured_outcome_is_a_figure(result: str) -> None:
    """A count, a share, money, a time, a rating or a comparison is found, in digits or in words."""
    assert figures(result)


@pytest.mark.parametrize("result", NO_OUTCOMES)
def test_a_number_that_measures_nothing_is_no_figure(result: str) -> None:
    """Years, dates, hours, versions, labels, ages, team sizes, habits and lessons are no outcomes."""
    assert not figures(result)


def test_a_figure_tells_where_it_stands() -> None:
    """The span is the number in its own words, the sentence is the one around it."""
    text = "It was calm again. Complaints fell by 30 % in May! Nobody left."
    (figure,) = figures(text)
    assert text[figure.span.start : figure.span.end] == "30 %"
    assert text[figure.sentence.start : figure.sentence.end] == "Complaints fell by 30 % in May!"
    assert figure.strong


def test_a_list_number_is_no_figure() -> None:
    """The numbers of a numbered list count nothing."""
    assert not figures("1. the client stayed\n2. the rota changed\n3) people were calmer")


def test_a_bare_count_is_weaker_than_a_comparison() -> None:
    """A count needs its context, a change from one number to another does not."""
    assert [f.strong for f in figures("We sold 40 plants. Waste went from 9 bags to 2.")] == [False, True]
