"""Words the importer knows: of posts, of organisations, of names, and what stands before names."""

import re


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


HONORIFICS = words("Dr Prof Professor Sir Dame Mr Mrs Ms Miss Mx Lord Lady Baroness Rev Reverend")
_POST_NOUNS = (
    "officer director nurse lead leader head manager chief chair chairman chairwoman chairperson consultant "
    "professor president ceo cio ccio cnio cto coo cfo cmo cdio cso ciso doctor gp registrar analyst architect "
    "engineer midwife matron pharmacist fellow secretary founder cofounder co-founder partner adviser advisor "
    "specialist practitioner scientist researcher lecturer reader physician surgeon radiologist radiographer "
    "psychiatrist psychologist therapist physiotherapist paramedic governor commissioner minister coordinator "
    "co-ordinator executive champion ambassador representative trustee deputy informatician clinician "
    "anaesthetist paediatrician oncologist pathologist cardiologist designer developer administrator trainer "
    "student principal provost editor controller strategist"
)
_LONGEST_FIRST = sorted(_POST_NOUNS.split(), key=len, reverse=True)
#: A word that makes a phrase a post, such as officer, nurse or professor.
POST = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)})s?\b", re.IGNORECASE)
_ORGANISATION = (
    "NHS Trust Trusts Hospital Hospitals University Health Healthcare Council Board Alliance ICB ICS Care "
    "Service Services Group Network Foundation Institute College Centre Center Partnership Ltd Limited plc PLC "
    "England Scotland Wales Innovation Association Society Department Ministry Office School Clinic Practice "
    "Surgery Collaborative Federation Agency Authority Commission Company Inc Labs Systems Technologies Charity "
    "Infirmary Union Academy HPN AI"
)
ORGANISATION_WORDS = words(_ORGANISATION)
WORDS_OF_POSTS = words(
    "Health Healthcare Care Service Services Innovation Systems Technologies Office Practice Surgery Group "
    "Network Partnership AI"
)
NOT_NAMES = ORGANISATION_WORDS | words(
    "January February March July September October November December Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday Digital Data Clinical Medical Nursing Information Technology Copilot Microsoft Teams "
    "Corporate Artificial Intelligence Mental Midlands Safety"
)
LEADERS = words(
    "the our a an and but or so yet with without as at in on of for from to by when while where whereas "
    "although though since because if after before during both either neither not then next later also here "
    "there this that these those finally meanwhile however asked joined joining like unlike alongside fellow "
    "colleague panel panellist panellists panelist panelists chair chairs chaired co-chair co-chairs cochair "
    "host hosts hosted moderator moderators moderated facilitator facilitated speaker speakers session keynote "
    "opening closing introducing thanks thank welcome what why how who whose which is was are were does did do "
    "has have can could should would"
)
