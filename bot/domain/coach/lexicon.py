"""Lists of English words that the rules look up, all in lower case. No rule stands here."""


def listed(text: str) -> frozenset[str]:
    """The words of a text, separated by white space, as a set."""
    return frozenset(text.split())


SPEAKER = listed("i i'm i've i'd i'll im ive myself")
WE = listed("we we're we've we'd we'll weve")
OTHERS = listed("he she they it you who which that")
PERSONS = listed("i he she you who they we")
EVERYBODY = listed("everyone everybody")
TEAM = listed("team crew squad group department committee management staff")

ADVERBS = listed(
    """also then just only always never usually still already first finally immediately quickly even actually
    really personally myself now later often simply mostly probably definitely straight eventually therefore
    have had ve"""
)
"""What may stand between a subject and its verb, auxiliaries included."""

BE = listed("was were am is are been be being got get m i'm im wasn't weren't")

OPINIONS = listed(
    "think thought guess believe believed feel felt hope hoped wish remember suppose mean know knew"
)

LEAD_INS = listed(
    """then and so also next after that first firstly second finally later immediately afterwards but well ok
    okay basically eventually straight away the same day morning week night evening in on at to once quickly
    personally , ; : ( ) – —"""
)
"""What may open a sentence before a verb whose subject was dropped."""

PREPOSITIONS_AND_TELLING = listed(
    "with to for from of told asked by in on at about as across between gave showed called rang than"
)
"""Words after which "the team" is not the one who acts."""

SUBORDINATORS = listed("that what which how if whether where why than until because")
JOINTS = listed(", ; and then also or")

PAST = listed(
    """ate became began bought broke brought built came caught chose cut did dug drew drove fed fell felt flew
    forgot fought found froze gave got grew had heard held hid hit kept knew laid led left lent let lost made
    meant met paid put ran rang read rebuilt rode rose said sat saw sent set shook shot showed shut slept sold
    spent split spoke spread stood stuck swept swore taught threw told took tore understood went woke won wore
    wrote"""
)
"""Irregular past forms; the regular ones end in -ed."""

PARTICIPLES = listed(
    """beaten begun bought broken brought built caught chosen cut done drawn driven dug found forgotten given
    grown held hit kept laid led left lost made met paid put redone rebuilt redrawn rewritten run said sent set
    shown shut sold spent split spoken spread stuck sought swept taken taught thrown told understood written
    won"""
)

NOT_PAST = listed(
    """tired worried scared pleased excited interested embarrassed confused stressed surprised supposed used
    annoyed disappointed involved married convinced exhausted frustrated relieved overwhelmed ashamed shocked
    terrified delighted need indeed speed feed seed unprepared prepared qualified experienced bored"""
)
"""Words in -ed that tell a state or are no verb at all."""

PARTICIPLE_OPENERS = listed("based armed faced given combined compared determined led asked told hired")
"""Words that often open a clause whose subject comes only after the comma ("Based on this, we …")."""

NON_ANSWER_FILLERS = listed(
    """i i'm im it a an the of so well um uh uhm er hmm hm lol haha sorry really tbh honestly just yet now here
    anything something me ok okay to say answer at all still maybe guess that this one what why how and or
    applicable think"""
)
"""Words that may stand around "no idea" without making it an answer."""
