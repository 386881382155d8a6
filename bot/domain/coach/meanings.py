"""Meanings that words share: what is learned from "I rang my old boss" then holds for "I wrote to a professor", too.

A word may have several, and a meaning is not a part of speech: it gathers what people say when they tell of one
thing. Words in their base form; `bot.domain.coach.stems` brings the forms together.
"""

from collections.abc import Mapping
from functools import cache

from bot.domain.coach.stems import stem

_MEANINGS: Mapping[str, str] = {
    "tell": """tell inform notify alert warn admit confess explain announce disclose report
        apologise say speak own describe present show mention mail email text message post publish
        circulate share pass hand lecture talk address recount stand face honest openly truth
        straight plainly brief reveal declare come clean""",
    "contact": """call phone ring telephone email mail message text write contact visit reach
        approach dm whatsapp radio knock drive go walk ping cable skype zoom voicenote dial track""",
    "ask": """ask request beg invite press want question enquire inquire wonder seek plead borrow
        query quiz consult interview""",
    "peer": """colleague coworker team crew staff mate friend fellow peer teammate others everyone
        everybody squad section platoon group department shift people club class branch shop office
        site ward lads guys girls folks company commander coach teacher driver nurse unit member
        region depot kitchen floor union association congregation network community faculty school
        studio pod store house gang troop brigade""",
    "junior": """trainee apprentice newcomer starter joiner intern junior new-starter beginner
        recruit successor replacement young learner student volunteer newbie rookie probationer lad
        novice pupil assistant hire cadet graduate grad orientee induction onboarding
        next-generation trainees new""",
    "boss": """manager boss supervisor director head chief lead leader owner principal ceo cto cfo
        founder board chairman chair matron sergeant captain officer dean professor foreman superior
        council trustee committee governor oga madam sir chef editor commander superintendent
        partner vicar priest minister secretary headteacher headmistress commissioner""",
    "client": """client customer patient family parent guest user buyer bride groom couple tenant
        resident sponsor funder donor stakeholder investor public visitor passenger mother father
        daughter son neighbour neighbor landlord bank supplier ministry minister mayor wholesaler
        shopkeeper editor publisher producer inspector doctor gp farmer reader wife husband widow
        audience regulator authority insurer elder owner subscriber shipper contractor host caller
        viewer player merchant""",
    "guide": """mentor expert specialist veteran senior predecessor coach master professor tutor
        advisor adviser consultant retired old experienced former uncle aunt sister brother
        grandfather grandmother cousin engineer technician counterpart forum network linguist author
        librarian padre seasoned guru elder hydrologist someone somebody who accountant lawyer
        carpenter electrician welder midwife nurse trainer instructor lecturer ex-colleague
        pensioner friend teacher colleague scholar researcher scientist""",
    "learn": """learn study read practise train research course class tutorial book manual video
        workshop certificate certification youtube lesson shadow exam school library exercise
        rehearse drill chapter module film seminar textbook revise memorise copy simulator academy
        webinar podcast handbook syllabus homework flashcard self-taught qualification diploma
        training literature article paper guideline law code standard""",
    "test": """test try trial pilot check verify validate prove mock rehearsal sample dry simulate
        measure review inspect experiment weigh load prototype dummy sign-off audit double-check
        proofread retest compare independent benchmark mock-up mockup beta guinea rehearse stress
        break piece scale taste taster tester testing proof""",
    "inspect": """trace compare investigate analyse dissect examine look search dig log review
        replay retrace reconstruct inspect open cut count list lay map magnifier autopsy post-mortem
        postmortem timeline cause reason why find discover turn underline plot go unpick apart
        through step backwards bisect diagnose debug trouble because history record camera
        microscope lamp""",
    "doc": """checklist guide manual handbook wiki page procedure document instruction template sop
        runbook playbook binder pdf protocol recipe diagram file notebook note log sheet write-up
        spreadsheet steps card poster folder readme drawing sketch ledger album booklet memo article
        blog video copybook register notes journal diary leaflet pamphlet slide doc minutes index""",
    "write": """write draw type note record document describe draft print photograph film laminate
        paint chalk sketch publish save put jot scribble label pin tape mark pencil ink stencil
        engrave inscribe enter""",
    "place": """wall door fridge till board window cupboard cabinet desk monitor dashboard counter
        gate corridor shutter lid van cab kitchen locker mirror drawer bench shed box noticeboard
        whiteboard blackboard hatch hook shelf rail post tin pocket apron cover bonnet freezer
        entrance hall""",
    "make": """make create build set put draw design introduce add start begin develop implement
        establish stick bring devise adopt institute organise invent prepare arrange install launch""",
    "tool": """checklist rule template procedure process protocol routine system habit policy step
        list label log calendar reminder alarm timer form sign card board spreadsheet tracker chart
        table notebook diary tag marker scanner lock gate handover schedule rota roster timetable
        map binder standup stand-up huddle meeting test buffer cutoff deadline script dashboard
        barrier guard limit column colour color sticker tape password backup register folder cheat
        drill box code collar row queue ticket matrix briefing tally page signature initials
        countersign interlock stamp field warning prompt key seal bell whistle hook coin string
        ribbon peg grid kanban agenda shift rotation pair buddy phone-tree hotline inbox triage""",
    "twice": "twice double two second both again another pair independent",
    "since": """now since nowadays today afterwards ever still anymore longer always never these day
        onward henceforth""",
    "every": "every each daily weekly monthly nightly always any before until first whenever",
    "period": """day week month morning evening night monday tuesday wednesday thursday friday
        saturday sunday shift quarter term session meeting season hour lunch weekend fortnight year
        lesson round job order""",
    "quick": """immediately straight straightaway instantly once within minute second same quick
        quickly prompt directly right hour fast away moment there then first lunchtime tonight
        beeline sprint""",
    "stop": """stop halt block freeze recall cancel pull withdraw shut close kill disconnect isolate
        quarantine rollback revert lock suspend unplug switch cut hold grab catch intercept turn
        retract off down evacuate ground unpublish disable bin bar contain seal mop""",
    "fix": """fix repair replace restore reverse correct refund rescue clean save redo rebuild
        recover swap mend drive reprint reship resend patch compensate return retrieve fetch""",
    "fault": """fault mistake error blame wrong failure responsibility oversight carelessness stupid
        doing misjudgement guilty blunder sorry mine slip cock-up own fool idiot excuse deserve""",
    "overconfident": """proud pride stubborn arrogant cocky confident sure assume guess
        underestimate overestimate ignore vain ego careless lazy rush skip greedy trust overlook
        ashamed neglect hurry naive complacent clever impress hide bluff wing gamble hubris vanity""",
    "next": "next second later following subsequent another again after since new then onwards last",
    "better": """better fast smooth early soon well perfect flawless success improve high strong
        clean happy double triple smoothly less low full pass win ahead gold approve accept hold fit
        straight zero none record nice bonny quick intact return alive stay remain thrive outperform
        award prize medal steady solid never fine""",
    "change": """fall drop rise go come climb halve double triple grow cut reduce increase down up
        improve shrink decrease from under over against instead rather before was""",
    "measure": """score rating survey tally count percent average error complaint rate number
        measure track record chart mark grade star feedback poll questionnaire review evaluation
        index minute statistic metric figure result audit assessment appraisal ranking temperature
        weigh progress stopwatch time""",
    "celebrate": """cake beer pizza party celebrate celebration cheer toast clap thank drink biscuit
        breakfast barbecue flower lunch dinner goat ice bell trophy sticker applause samosa
        chocolate doughnut donut tea coffee reception shout dance round praise pint curry feast
        confetti song card bonus hug whoop sweet steak ribbon""",
    "silent": """quiet silent mouth tongue nothing listen hear nod swallow breath breathe still
        interrupt argue defend defensive explain react reply respond shut bite calm finish contest
        thank excuse""",
    "feeling": """angry hurt hot red cry sting ashamed upset furious sick shock mad embarrass cheek
        throat ear blush defensive shame cross burn stomach smart""",
    "true": """right true truth fair correct point justified valid wrong unfair deserve honest agree
        recognise exaggerate half accurate merit grain""",
    "example": """example instance case situation time moment occasion specific concrete detail when
        which where exact exactly precise precisely recording show point mark particular name
        pinpoint incident page line""",
    "again": "again back follow-up second later after follow return repeat once check-in recheck revisit",
    "remain": "leave remain still rest what have stock left",
    "core": """most important essential core key main first urgent only focus concentrate priority
        matter value need keep cut drop heart crucial vital critical rest minimum trim strip scrap
        shed save""",
    "agree": """agree choose decide vote pick approve okay ok accept settle prefer rank negotiate
        propose option offer together discuss consult consent green-light bless sign haggle trade
        compromise""",
    "plan": """plan schedule budget scope target goal date timeline priority programme program
        original scenario order calendar constraint inventory recalculate reassess rethink redraw
        redraft replan stock-take arithmetic sum""",
    "flex": """buffer contingency slack margin spare float backup fallback reserve option
        alternative modular section module flexible movable wheel caster swap rearrange phase stage
        trailer either both extra split switch interchangeable portable half hook hinge clip
        detachable removable stackable optional break-clause pencil standby understudy cover loose
        bolt unbolt magnet velcro""",
    "rain": "case if whenever should rain fail cancel break anything change happen",
    "original": """original planned plan instead although though but still even not never rather yet
        however despite""",
    "credit": """credit name praise glory title idea ego best pride medal limelight spotlight byline
        applause""",
    "let": "let give hand leave step ask carry serve defer follow delegate yield entrust obey concede",
    "lead": "lead run command decide charge boss master head own",
    "me": "me my myself mine",
    "help": """help advice guidance support teach guide coach advise mentor show explain steer
        instruct tutor walk hand tip secret wisdom""",
    "lesson": """lesson learn teach realise understand know see takeaway discover moral insight
        principle conclude truth value motto discipline""",
    "version": "version attempt go one draft try time round edition first second new old previous original",
    "course": """course class workshop training seminar evening club lesson school programme group
        coach choir theatre""",
    "number": "half third quarter dozen percent none nobody zero most all double twice",
    "unfinished": """wish hope plan want going mean dare intend someday somewhen yet ought todo idea
        should would could might time chance round never until""",
}  # fmt: skip


@cache
def _by_stem() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meaning, words in _MEANINGS.items():
        for one in sorted({stem(word) for word in words.split()}):
            found.setdefault(one, []).append(f"@{meaning}")
    return {one: tuple(ones) for one, ones in found.items()}


def meanings(of_stem: str) -> tuple[str, ...]:
    """The meanings of a word given by its stem; none for most words."""
    return _by_stem().get(of_stem, ())
