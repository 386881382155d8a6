"""Cues of the flags that hold for any question, as `bot.domain.coach.cues` reads them. No rule stands here."""

from bot.domain.coach.lexicon import listed

BLAME = """
not my/our fault/mistake/error/responsibility/problem/job
nothing to do with me/us
not down/up to me/us
let me/us down
let the team down by
be to blame
i blame him/her/them/it/management/marketing/sales
blame be
thanks to him/her/them/management
if he/she/they/supplier/vendor/management/manager/client/team/colleague/council have do/be/tell/give/send/listen/bother
should have do/block/tell/check/catch/know/be/give/train/warn/read/listen/prepare/make/send/say
can not be bother
could not be bother
do not bother
not bother to
never check/listen/read/answer/tell/give/train/explain anything/me/us/it/properly/to/emails/email
could have take/help/tell/wait/call/warn/do it/me/us/more/something
just want a/an excuse
excuse to
sit on it
a law unto
look at themselves/himself/herself
nobody give/tell/train/explain/warn/show/help me/us/any
no one give/tell/train/explain/warn/show/help me/us/any
he/she/they never tell/give/train/explain/warn/send me/us
he/she/they do not tell/give/train/warn/explain/listen me/us/properly/properly
he/she/they do not know what
he/she/they/who do not understand
he/she/they do not even listen/read/know/look/try/ask
he/she/they be always on
he/she/they/people just do not
not give me/us any/enough/proper/the time/training/support/information/help/budget/chance/resources
for no reason
the one/ones who put/mess/break/make/fail/cause/forget/change/decide/send
real/actual/main/whole problem/issue be his/her/their/the/that
the problem be the/that/them/him/her/management
his/her/their/management/supplier/vendor/client/manager fault/mistake/incompetence/mess/failure
fault of
because of management/incompetence/bad/poor
incompetent/lazy/useless/clueless/unprofessional/hopeless/idiot
set me up
throw me under
jealous
he/she/they do not do/pull/deliver their/his/her job/part/weight/share
do not do their/his/her job
have do their/his/her job
ruin/sabotage/botch/wreck it/my/our/everything
make me look bad
never sell/do/work … in his/her/their life
who be right
unfair/unfairly/unreasonable
they/he/she have it in for
he/she/they/it/supplier/vendor/contractor/management/it/agency/manager/council mess/screw up
nothing i can/could do
not much i/anyone can/could do
out of my/our hand/control
what do they expect
"""
OWNING = """
my own fault/mistake/error/doing/blame/responsibility
my fault
my mistake
my error
be on me
down to me
blame myself
it be me/mine
i should have
i take/accept/own full/responsibility/ownership/it/blame/up
i could have blame
i do not blame
not blame him/her/them/anyone/anybody
no one/nobody to blame
i never check/ask/put/tell/confirm/look
"""
DENIAL = """
not even/really/actually/exactly/technically/truly a/my mistake/failure/fault/error/problem
not a mistake/failure
never really/actually/truly fail
never fail
i never fail at
i do not fail
rarely make/fail mistakes/mistake
never make a/any mistake/mistakes
never be in over
never have to start/restart/redo/properly/really
not ever have to start/properly
can not say i have
can not think of
can not remember/recall a/any/ever time/having/failing/making/getting
do not recall/remember/think a/any/ever i time/having/failing/making/have
do not think/believe/consider it/that/i mistake/failure/fail/wrong
do not get/receive much/any/bad/negative/that difficult/feedback/criticism
never get/receive/have bad/negative/difficult/hard/any feedback/criticism/complaint
would not call it/that/this failure/mistake
not call it a failure/mistake
no problem at all for/really
no problem at all
not a big/huge deal
no big deal
no harm do
nothing really/actually/ever go wrong
nothing go/be wrong
not really feel/been/in in/over
i suppose my biggest fail/weakness/failing
my biggest fail/failure/weakness … be … too/care/perfect
do not really feel
nothing get nick/lost/broken
no biggie
i do/did nothing wrong
not do anything wrong
not anything wrong
i be right all/in
who be right
everything/everyone/it go to plan
go exactly/perfectly as/according plan/to
i be/have a perfectionist
feedback/review/survey/criticism/comment/she/he be garbage/nonsense/rubbish/wrong/unfair/ridiculous/joke/bs
should be thank me
blow/make/made out of proportion
not that/so bad/serious/hard/difficult/big
hardly/barely a mistake/failure/problem
just a/one misunderstanding
anyone would/could have do
could happen to anyone
not bother/affect me
lucky/fortunate that/to never
"""
LESSON = """
i/we learn that/to/not/never/how/from/about/a/the/my/it/so/what
teach =me/us
lesson
take away
takeaway
i/we realise/understand/discover/see/find/know now/that/how/why/what
come to see/understand/realise/know
i realise/understand
i know now
turn out that
it turn out
show/prove me/us that
it show/prove that
since then
ever since
since that
from then on
from that day/point/moment/on
from now on
these day
nowadays
today i/we/every/all/no
now i/we/every/all/any/before/always/never/nothing
i =now
we =now
always … now
as well … now
no one/nobody … any more
any =more
only … after/once … now
now/since on its/my/own
i keep … packed/ready/by
i have … ready/packed now
every =job/year/time/one/event since
stop/quit … ing
every year since
look first
now before/when/whenever/if/there
never again
i/we still do/use/keep/make/ask/check/write/have/go
still do/use/keep/go the/it/that/every/by
no longer
i have … book/list/card/sheet/folder/rule/spare … now
now … ask/use/want … my
until now when
have/got his/her reason and
anymore
make it a rule/habit/point/practice/policy
make myself a rule
my rule
new rule
rule be/now
every time i/now/since
every single/new/time month/week/day/job/project/shift/one since/now
every … since/now
next time i
in future
in the future
going forward
i be/have more careful/patient/aware/open/honest
more careful
i should =have
i wish i have
better off
matter/count =more/less =than
i have always/never … since
become/became/is/are standard/routine/policy/practice/part/mandatory/permanent
remain part
always/never … again/anymore/now
i/we always/never … before/until/without
before i/we/any/every/each … i/we
nothing … goes/go/leaves until/without/before
i change how/way/the/my how/way/i/we
the way i/we work/do/plan/handle now/differently
do/work/plan it/things/that differently
differently
habit
i go by
quote/check/ask … now
to this day
keep it up
it/that make/made me a/more/better/think/see/realise
remind me
first/goes … then
i plan around/for/with now
be now standard/mandatory/compulsory/part/permanent/rule/required
what i would do/tell/change
hindsight
looking back
now i make sure
stay with me
stick with me
add … checklist/procedure/template/process/policy/list
exactly the same way
the next/second/following one/time/year/project … do/use/start/ask/check
"""
TROUBLE = listed(
    """fail failure mistake wrong error problem trouble late complain struggle lose miss break broke crash
    delay mess bad badly worse worst angry furious hurt cry die ill sick quit resign leave shut close
    stop disaster disappoint embarrass ashamed sorry fault blame forget cancel flat cost cut refuse
    reject fall drop short difficult hard scared panic overwhelm lost behind slip stuck nobody nothing
    not never no without none out crack leak flood burn wash rain strike shortage instead boring dreadful
    nightmare chaos confuse confusing scrap bin unhappy unfair ouch sting"""
)
"""Words, in their common form, of which a story about a setback holds a few and a story of success hardly any."""
GENERAL_VERBS = listed(
    """try work manage help handle improve communicate focus ensure adapt support coordinate deal address
    strive endeavour learn grow adjust overcome contribute motivate cope persevere collaborate engage
    maintain continue stay remain sort fix resolve solve tone pull shuffle prioritise optimise leverage
    align streamline strategise implement facilitate react respond face tackle approach consider
    determine reflect discuss share correct escalate clarify cooperate push struggle pull assist develop
    oversee involve encourage mitigate monitor commit dedicate concentrate decide accept enhance
    strengthen boost plan organise prepare update inform follow analyse evaluate assess identify review
    change use consult explore investigate seek enjoy care like love hope try"""
)
"""Verbs that alone let nobody picture a step."""

LIGHT_VERBS = listed(
    """be have do make get take put go give come keep need feel know think want see find bring let say mean
    seem become happen start begin look believe realise understand notice own listen"""
)
"""Verbs that tell a step or none, according to what follows; they count for neither side."""
