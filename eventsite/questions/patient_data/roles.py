"""Words of office: whoever stands among them is named for what they do, think or are known for."""

from eventsite.questions.patient_data.phrasebook import Phrasebook

ROLES = Phrasebook(
    """
    academic, academy, act, actor, adviser, advisor, advocate, ambassador, anaesthetist, analyst, article|articles,
    author|authors, bill, biography, board, blog, book|books, campaign, campaigner, cardiologist, ceo, chair,
    chairman, charity, chief, ciso|cio|ccio|cmio|cnio|cso, clinician|clinicians, coach, colleague|colleagues of,
    column, commission, commissioner, committee, conference, consultant|consultants, coroner, council, councillor,
    dcb0129, dentist, developer, director|directors, dpo, editor, engineer|engineers, essay, expert|experts,
    facilitator, fellow, firm, for raising|asking|organising|hosting|chairing, founder, foundation, general
    practitioner, governor, governors, guidance, guideline, haematologist, head of, historian, host, informatics,
    informatician, inquiry, inspector, inquest, institute, interview, journalist, judge, keynote, law, lead, leader,
    lecture, lecturer, led, letter in, manager|managers, midwife|midwives, minister, model, mp, nhs england,
    neurologist, nurse|nurses, official, oncologist, organiser, panellist|panellists, paper|papers, partner at|in|of,
    patient leader|partner|safety|representative|rep|director|advocate, paediatrician, pharmacist|pharmacists,
    philosopher, physician, physicist, podcast, policy, politician, practitioner, presentation, president, prize,
    professor, programme, prof, psychologist, question on|about, question from, radiographer|radiographers,
    radiologist|radiologists, receptionist, reform|reforms, registrar, regulator, report|reports, representative,
    research, researcher|researchers, review, rule, scientist, screenwriter, secretary, senior, session on|about|of,
    slide|slides, social worker, software, solicitor, speaker, speakers, speech, spokesman|spokesperson|spokeswoman,
    statistician, strategy, student of, studies, study, supplier, surgeon|surgeons, talk|talks
    on|about|at|was|last|next|from, tank, target|targets, team, teacher of, theorem, theory, thesis, tool, trainer,
    trustee, unit named, view|views, volunteer, vendor, whistleblower, workshop
    """
)
SPEAKS = Phrasebook(
    """
    announced|announces|announcing, answered, argues|argued, advised, asked about|for|the|us|whether, compares,
    demonstrated, explain|explained|explains, intends, leads|led|leading, manages, presented|presents,
    promised|promises, proposed|proposes, published, regard, runs|ran * team|service|clinic|unit|programme|project,
    speaks|spoke at|about|on|of|for|well, told * conference|committee|parliament|meeting|panel, treats|treat|treating,
    wants all|every|us|ai|trusts|more, works at|for|in|with, wrote * book|paper|blog|article|report,
    chairs|chaired|chairing, gave * talk|lecture|keynote|session|presentation
    """
)
THANKED = Phrasebook(
    """
    thank|thanks, ask|asks, credit to, according to, hi, hello, dear, invite, congratulations to, welcome, like the,
    says|said, quote|quotes|quoted, what does|did|would, hats off to, as in, named after, called after
    """
)
