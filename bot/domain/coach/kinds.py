"""Kinds of words that the signs of a fault are made of, each word in its base form. No rule stands here."""

from collections.abc import Mapping

from bot.domain.coach.lexicon import listed
from bot.domain.coach.stems import stem

_KINDS: Mapping[str, str] = {
    "ROLE": """manager boss supervisor director team colleague coworker co-worker client customer patient family
        parent owner staff crew head lead leader chef principal guest user foreman husband wife brother sister mother
        father mum mom dad uncle aunt cousin nephew son daughter mate friend class pupil student doctor nurse
        consultant vendor supplier landlord tenant committee sponsor funder stakeholder newcomer starter intern
        trainee apprentice volunteer council office department management marketing sales product design finance
        procurement purchasing logistics engineering operations leadership admin administration secretary
        receptionist planner dispatcher scheduler contractor subcontractor builder architect engineer developer
        designer programmer tester agency ministry government authority bank insurer courier carrier company firm
        venue organiser host teacher head-teacher headmaster professor coach player referee editor publisher writer
        translator photographer driver conductor pilot captain sergeant officer general policeman inspector auditor
        accountant lawyer judge surgeon pharmacist anaesthetist technician mechanic electrician plumber fitter
        welder carpenter farmer vet waiter waitress cook barista bartender cashier guard janitor cleaner housekeeper
        predecessor successor junior senior partner shareholder investor board hr ceo cto cfo coo gaffer oga sir
        madam ma'am maam lads lad guy guys girls fella bloke kid child people person folk man woman neighbour union
        hospital school university shop store factory warehouse plant network provider system machine computer
        software weather traffic portal the-it lot crowd others shift trade agent executive official bureaucrat
        buyer seller dealer producer presenter""",
    "FAILING": """forget miss ignore skip overlook misread underestimate misjudge botch neglect refuse lie delay
        bail abandon fumble lose break damage spoil ruin wreck sabotage mislead misplace mistype mishear swap mix
        double-book overbook overspend oversleep crash delete overwrite drop spill burn confuse assume presume rush
        guess gamble procrastinate withhold hide steal cheat blunder bungle""",
    "FAULT": """fail failure mistake error fault blame wrong blunder slip slip-up mess shambles disaster flop fiasco
        oversight blip hiccup glitch mishap bug cock-up balls-up screw-up mix-up misunderstanding miscommunication
        responsibility guilt culprit reason cause excuse accident incident""",
    "BAD": """useless lazy hopeless incompetent rude stupid ridiculous unfair impossible clueless careless late
        cheap bad terrible rubbish garbage nonsense joke slow unreasonable jealous unprofessional idiot fool awful
        poor weak toxic petty spiteful stubborn dishonest liar cheater disorganised chaotic moody arrogant sloppy
        unreliable inexperienced green dense thick hysterical dramatic oversensitive sensitive picky fussy
        nitpick unrealistic mad crazy shocking pathetic dreadful atrocious unacceptable absurd silly crap shit
        trash ungrateful entitled difficult demanding nasty biased""",
    "GOOD": """great perfect excellent proud happy best top record easy fine successful success brilliant lovely
        amazing outstanding good satisfied pleased smooth impressive award bonus promotion promoted praise praised
        delighted winner favourite popular strong talented natural gifted confident skilled experienced award-winning
        expert passionate passion love enjoy hard-working hardworking dedicated reliable loyal punctual friendly""",
    "SMALL": """small minor tiny little slight just only merely hardly barely technically strictly such really
        actually exactly truly drama fuss nitpick trivial nothing biggie cosmetic harmless normal ordinary typical
        standard common usual whatever anyway overblown exaggerate exaggerated overreact overreaction blow fuss
        proper properly real serious""",
    "NAMING": "call consider describe count deem regard label define classify think believe see feel say admit",
    "LEARN": """learn realise understand lesson teach teacher insight takeaway moral wisdom discover figure
        appreciate humble humility perspective epiphany revelation conclusion conclude wiser hindsight""",
    "HABIT": """now nowadays since today still always never anymore every each before until till first ever rule
        habit routine ritual standard permanent again onward onwards forward later whenever twice daily weekly
        monthly without""",
    "CHANGE": """change differently different swear vow promise insist start begin stop quit begin become keep
        adopt introduce switch""",
    "HURT": """scared ashamed embarrassed embarrassing hurt angry furious cry upset nervous overwhelmed panic
        terrified humiliated sting stung mortified gutted devastated disappointed shame sick cold drown drowning
        sink blush sweat shake freeze defensive awful horrible dread doubt struggle lost worried afraid fear""",
    "TROUBLE": """trouble problem late complain complaint lose miss break crash delay collapse bankrupt close
        cancel cancelled refuse reject rejected resign quit leave walk-out strike flood fire storm leak crack burn
        die ill illness injury shortage deficit loss overdue behind overrun overspend fall drop shrink empty scrap
        bin waste flat wrong fail failure mistake error forget disaster fiasco flop angry furious cry nobody
        unhappy sick broke broken stuck short worse worst deadline warning penalty fine sue lawsuit corrupt
        corrupted wipe unusable useless nonsense criticise criticism harsh blunt hard difficult""",
    "TALK": """tell inform notify alert warn admit confess explain announce report apologise email e-mail message
        text call phone ring write update speak ask request invite say answer reply visit knock meet interview
        shout whisper telephone whatsapp slack dm radio""",
    "HANDS": """draw print tape pin cut drive count sort stick open close lock unlock pack carry lift move drop
        throw pour mix stir bake cook taste paint drill screw nail hammer weld saw measure weigh tear fold sew
        stitch wash clean sweep scrub dig plant pick pull push turn switch plug unplug wire solder walk run climb
        sit stand kneel lie ride fly sail swim film photograph record replay watch listen copy paste type scan
        upload download delete restore reboot restart install write rewrite mark circle highlight underline cross
        tick number label colour stamp sign file shred stack hang build rebuild glue patch mend hire rent borrow
        lend buy order ship deliver post fetch collect return swap replace test retest check recheck compare
        calculate recalculate add subtract divide split halve double rehearse practise repeat memorise recite
        read study shadow tape stop halt block book reserve cancel refund pay load unload remove strip sand fill
        bring take rang sketch map list search""",
    "THING": """list sheet card notebook note log label sticker sign board whiteboard chart table calendar diary
        spreadsheet excel form template checklist envelope box crate bag bucket shelf door desk wall fridge tape
        pen pencil paper napkin page book binder folder file photo picture video recording phone radio laptop
        screen key lock alarm bell timer clock scale meter ruler rope ladder bench bus van truck car bike train
        kitchen garage shed field garden hall corridor ward classroom stage table invoice receipt contract ticket
        email mail letter script query code line button cable valve pump pipe engine bolt drill saw mould dough
        recipe menu plate pan cup glass bottle slide poster drawing plan map model sample probe batch""",
    "GENERAL": """try work manage help handle improve communicate focus ensure adapt support coordinate deal
        address strive endeavour grow adjust overcome contribute motivate cope persevere collaborate engage maintain
        continue stay remain sort fix resolve solve prioritise optimise leverage align streamline strategise
        implement facilitate respond face tackle approach reflect mitigate monitor commit dedicate concentrate
        enhance strengthen boost execute deliver drive enable empower foster reassess re-evaluate pivot iterate
        escalate clarify cooperate oversee involve encourage push muddle""",
    "LOFTY": """communication teamwork collaboration stakeholder solution process approach situation challenge
        issue effort attitude strategy alignment synergy impact priority expectation mindset improvement thing stuff
        everything matter objective outcome goal milestone value initiative transformation framework resource
        excellence ownership transparency resilience growth culture quality efficiency performance measure best
        relationship cooperation motivation dedication commitment energy spirit morale focus everyone everybody
        programme paradigm deliverable continuous agile learnings holistic proactive vision""",
    "USUAL": """usually normally generally typically often sometimes tend always whenever ideally hypothetically
        rarely occasionally mostly commonly daily if""",
    "BLAMING": """blame accuse incompetence sabotage dump throw ruin wreck mess screw betray deny let sit bother
        drag undermine interfere meddle set push force pressure lie mislead promise exaggerate overload bully""",
    "OTHERS": "he she they him her them his their hers theirs himself herself themselves who whoever someone somebody",
    "NOBODY": "nobody noone no-one",
    "EVERYONE": "everyone everybody all people anyone anybody you",
    "IT": "it this that which these those",
    "SELF": "i me my mine myself",
    "TEAM": "we us our ours ourselves",
    "NOT": "not never no none neither nor without hardly barely nothing",
    "MODAL": "would could should might may must can will shall 'd ought",
    "BE": "be",
    "HAVE": "have do get",
    "BECAUSE": "because since due thanks so therefore",
    "UNITS": """second minute hour day week month year night morning evening afternoon monday tuesday wednesday
        thursday friday saturday sunday weekend quarter fortnight today tomorrow yesterday january february march
        april june july august september october november december""",
}


def _by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, text in _KINDS.items():
        for word in {stem(one) for one in listed(text)}:
            found[word] = (*found.get(word, ()), kind)
    return found


KINDS_OF: Mapping[str, tuple[str, ...]] = _by_word()
"""The kinds of each word, by its common form."""
