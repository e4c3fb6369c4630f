"""Names everybody knows: of hospitals, charities, inquiries and laws, and of people who are in the news."""

from eventsite.questions.patient_data.wording import phrases, words

_WHOLE = phrases(
    """
    ada lovelace, adam raine, alan turing, aneurin bevan, anthony nolan, alan milburn, alan bates, amanda pritchard,
    andrew wakefield, andrew ng, andy burnham, ara darzi, atul gawande, awaab ishak, ben goldacre, betsi cadwaladr,
    beverley allitt, beverly allitt, bill gates, bill kirkup, bob wachter, charles babbage, charlie massey, chris
    whitty, christopher wren, cicely saunders, claire murdoch, connor sparrowhawk, daniel kahneman, dario amodei,
    demis hassabis, don berwick, donald trump, donna ockenden, duncan goodhew, edith cavell, edward jenner, elaine
    bromiley, elizabeth garrett, elizabeth holmes, elon musk, emily bronte, enoch powell, eric topol, fiona stanley,
    florence nightingale, francis crick, geoffrey hinton, george orwell, george eliot, grace hopper, harold shipman,
    helen salisbury, henrietta hughes, henrietta lacks, henry ford, ian paterson, ignaz semmelweis, isaac asimov,
    isaac newton, james cook, james lind, james reason, james titcombe, jane goodall, jeremy hunt, jess phillips, jim
    mackey, jo cox, joe harrison, john hunter, john lister, john major, john radcliffe, john snow, joseph lister,
    joseph rowntree, julian hartley, karen hao, kate granger, keir starmer, king charles, lara croft, louis pasteur,
    lucy letby, marie curie, martha mills, mark zuckerberg, mary seacole, mary shelley, matt hancock, max perutz,
    meghana pandit, molly russell, mustafa suleyman, nick bostrom, nye bevan, oliver mcgowan, oliver sacks, patrick
    vallance, paul farmer, penny dash, peter kyle, peter pan, prince charles, queen elizabeth, queen mary, rachel
    reeves, richard feynman, rishi sunak, robbie powell, robert francis, robert liston, roald dahl, rory sutherland,
    rosalind franklin, roy lilley, ruth may, sam altman, samuel johnson, samantha jones, satya nadella, sewell setzer,
    sherlock holmes, sophie cox, stella creasy, stephen hawking, stephen powis, steve barclay, steve jobs, stuart
    russell, sue gray, sue ryder, sydney brenner, terry pratchett, thomas bayes, thomas guy, tim berners-lee, timnit
    gebru, tom riordan, tony blair, victoria atkins, virginia apgar, walter reed, wes streeting, william beveridge,
    william harvey, william osler, yann lecun, gillian merron, karin smyth, liz kendall, jacqui dyer, aidan fowler,
    ted baker, bayes theorem, dale carnegie, maggie keswick, clara barton
    """
)
_SURNAMES = words(
    """
    average streeting bates thatcher blair sunak starmer musk hancock darzi mackey letby shipman paterson trump putin
    topol wachter goldacre kirkup ockenden cumberlege vallance whitty mountbatten bean men men's bond spock robot
    magoo everyman blobby potter's beveridge bevan semmelweis nightingale turing lovelace ng hinton zuckerberg altman
    gawande berwick holmes watson
    """
)


def is_of_the_public(parts: list[str]) -> bool:
    """Whether it is such a name; with a title, the surname is enough."""
    if len(parts) == 1:
        return parts[0].casefold() in _SURNAMES
    return f"{parts[0]} {parts[-1]}".casefold() in _WHOLE or parts[-1].casefold() in _SURNAMES - {
        "holmes",
        "watson",
        "bean",
        "bond",
    }
