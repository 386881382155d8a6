"""Brings the forms of an English word together ("rang", "ringing" and "rings" are "ring"). Rules and lists only."""

from functools import lru_cache

from bot.domain.coach.lexicon import listed

_FORMS = """
be:was,were,am,is,are,been,being,m
have:has,had,having,ve
do:did,does,done,doing,didnt
go:went,goes,gone,going
tell:told
say:said,says
ring:rang,rung
write:wrote,written,writing
speak:spoke,spoken
make:made,making
take:took,taken,taking
give:gave,given,giving
get:got,gotten,getting,gets
come:came,coming
know:knew,known
think:thought
find:found
bring:brought
buy:bought
build:built,rebuilt,rebuild
teach:taught
catch:caught
feel:felt
fall:fell,fallen
keep:kept
leave:left
lose:lost,losing
meet:met,meets
pay:paid
read:reads,reading
run:ran,runs
see:saw,seen
sell:sold
send:sent
shoot:shot
show:shown
sit:sat
spend:spent
stand:stood
stick:stuck
draw:drew,drawn,redrew,redraw
drive:drove,driven
begin:began,begun,beginning
break:broke,broken
choose:chose,chosen,choosing
hold:held
hear:heard
grow:grew,grown
throw:threw,thrown
understand:understood
rise:rose,risen
shrink:shrank
ride:rode
win:won
wear:wore
sleep:slept
become:became
lead:led,leads
bin:binned
admit:admitted,admitting
own:owned
apologise:apologize,apologised,apologized,apologising,apologizing,apology,apologies
realise:realize,realised,realized,realising,realizing,realisation,realization
analyse:analyze,analysed,analyzed,analysing,analyzing,analysis
recognise:recognize,recognised,recognized
organise:organize,organised,organized
prioritise:prioritize,prioritised,prioritized
practise:practice,practised,practiced,practising,practicing
learn:learnt,learned
plan:planned,planning
stop:stopped,stopping
drop:dropped,dropping
cut:cuts,cutting
set:sets,setting
put:puts,putting
swap:swapped
ship:shipped
check:rechecked,recheck,doublechecked
rewrite:rewrote,rewritten,rewriting
redo:redid,redone,redoing
child:children
person:people,persons,folks
man:men
woman:women
test:retested,retest
do:redoing
shadow:shadowing
celebrate:celebrated,celebration,celebrating
fewer:less
note:notes,noted,noting
use:used,using,uses
improve:improvement,improving,improved
reduce:reduction,reduced,reducing
doc:docs,document,documented,documenting,documentation
mistake:mistakes,mistaken
try:tried,tries,trying
lay:laid
"""
_IRREGULAR = {
    form: base
    for base, _, forms in (line.partition(":") for line in _FORMS.split())
    for form in forms.split(",")
}

_IRREGULAR.update({base: base for base in list(_IRREGULAR.values())})

_KEEP = listed(
    """during nothing something anything everything morning evening thing need indeed speed feed seed his
    this yes us is as was less always news focus boss class process access address business across plus
    bus gas status its sometimes perhaps towards bring ring string spring king wing sing red bed hundred
    ceiling wedding"""
)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The common form of a lower-case word; a word without other forms is returned as it is."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _KEEP or len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "i"
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "i"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _bare(word[: -len(ending)])
    if word.endswith(("sses", "shes", "ches", "xes")):
        return _bare(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _bare(word[:-1])
    return _bare(word)


def _bare(word: str) -> str:
    """Without a doubled consonant or a final "e", and with "i" for a final "y"."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprtl" and word not in ("call", "tell"):
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        return word[:-1]
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        return word[:-1] + "i"
    return word
