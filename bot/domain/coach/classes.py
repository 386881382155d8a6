"""Classes of words that a cue may name with ``@``, so that a pack need not repeat them. All in their base form."""

from collections.abc import Mapping

_PEOPLE = """him her them everyone everybody manager boss supervisor director team colleague coworker client customer
patient family parent owner staff crew head lead leader chef principal guest user board foreman sister brother mum mom
dad father mother wife husband partner mate friend class pupil student doctor nurse consultant vendor supplier landlord
committee sponsor funder stakeholder others newcomer starter joiner intern trainee apprentice volunteer member council
office school department group players coach teacher editor publisher producer buyer captain matron sergeant officer
lieutenant priest pastor librarian curator farmer neighbour neighbor driver dispatcher inspector surgeon pharmacist
professor tutor advisor adviser dean company ceo cto cfo founder investor accountant auditor hr union agent reader
buddy peers agents guys girls folks people bride groom couple tenant resident donor trustee mechanic"""

_GUIDES = """mentor expert specialist veteran senior predecessor coach boss manager supervisor colleague friend mate
teacher professor tutor advisor consultant director head chef nurse sister brother dad father mum mom uncle aunt
neighbour neighbor former old experienced retired someone somebody foreman captain matron sergeant technician engineer
lead leader partner accountant buddy guy lady man woman pharmacist surgeon doctor driver mechanic owner officer
librarian trainer therapist counterpart network community forum peers people person anyone"""

CLASSES: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "people": _PEOPLE,
        "guide": _GUIDES,
        "tell": """tell inform notify alert warn admit confess explain announce disclose report apologise email e-mail
            message text call phone ring write update say speak own meet""",
        "call": "call phone ring email e-mail message text write contact visit ask approach reach dm whatsapp rope beg",
        "ask": "ask request beg invite press want",
        "make": """make write create build set put draw design introduce add start begin keep develop implement
            establish stick bring print tape pin hang type draft paint install buy label devise adopt institute
            require organise laminate invent prepare""",
        "tool": """checklist rule template procedure process protocol routine system habit policy step check list note
            label sheet log calendar reminder alarm form sign card board spreadsheet tracker chart table notebook diary
            tag marker scanner lock gate signoff sign-off handover schedule rota timetable map guide manual binder
            standup stand-up huddle meeting review test buffer cutoff deadline template whiteboard script dashboard
            barrier guard limit column colour color sticker tape timer password backup column register folder cheat
            board""",
        "document": """checklist guide manual handbook wiki page procedure document documentation instruction template
            sop runbook playbook binder pdf protocol recipe diagram file notebook note notes log sheet write-up writeup
            spreadsheet steps card poster""",
        "better": """better faster quicker smoother earlier sooner well perfect perfectly flawless flawlessly
            early successful success improve higher stronger cleaner happy happier double triple smooth smoothly
            less lower delighted full pass win ahead without clean gold record approved accepted""",
        "lesson": "lesson story mistake failure experience learning learn happen wrong error",
        "start": "start begin make",
        "often": "every always each",
        "learn": """learn study read practise watch train research course class tutorial book manual video workshop
            certification youtube lessons shadow""",
        "when": "now since today nowadays still anymore afterwards ever",
    }.items()
}
