"""The demonstration's write-up of the panel at HPN North, told from the facts. What was said word for word comes in by
`eventsite import writeup` on the source itself."""

TITLE = "How do we deploy AI safely?"
SLUG = "how-do-we-deploy-ai-safely"
STANDFIRST = (
    "Four people who run digital in the NHS of the north compared notes in front of their peers: where AI already "
    "helps, what holds it back, and how much a patient needs to be told."
)
IMAGE_ALT = (
    "Drawing: four voices of different colours meet around a white circle that holds a grid of small squares, "
    "one of them red."
)
BODY = """\
AI has begun to change daily work in healthcare, and many people, staff and patients alike, do not trust it yet. \
At HPN North a panel chaired by David Walliker took that as the starting point. It left the sales talk aside and \
asked what safe use looks like in an office, on a ward and in a conversation with a patient.

## In the office: plenty of promise, slow going

Lee Rickles looked back over two years in which corporate AI went from crude to capable. He sees uses that need \
no clinician at all, from drafting the record of a supervision meeting to shortening the path from advert to \
first day at work. Yet most trusts use little of it. He named what stands in the way:

- Systems from another age, the electronic staff record among them, on infrastructure that does not join up.
- Too little money, and too few people with time to make a change stick.
- Worry about what happens to data once it lies in the cloud.

Some gains are within reach all the same. Assistants inside the office software that trusts already pay for, \
such as Microsoft Copilot and Teams Premium, have begun to show results.

Jacqui Cooper has seen the same among nurses. The further a nurse rises, the more of the day goes on \
administration, which is rarely why anyone chose nursing. Help with that part of the work is help that is \
noticed.

Holly Carr added why the office is the place to begin: when a corporate tool is wrong, the harm is smaller. She \
expects the largest savings there, and with them a question that people ask quietly, which is what becomes of \
their jobs.

## On the ward: trust first

The mood changed when the panel turned to clinical use. David Walliker put the matter as one of trust, among \
clinicians as much as among the public. He enjoys technology, he said, and would still want a pilot in the \
cockpit. So where does the pilot sit when a tool helps with care, and when are patients brought into that \
decision?

The panel did not agree about how much to explain. Jacqui Cooper would involve patients more in their care in \
general, and doubts that the workings of a tool are the part they need to hear about. Holly Carr pointed to a \
gap in what the word means. To a trust, AI may be a booking made more quickly or a sentence made clearer. To \
many people it is a machine that looks after them in place of a person. What reassures them is plain: a \
clinician will look at the result.

## Nobody left behind

Towards the end the talk turned to those who do the work. New doctors have never known a world that was not \
digital. Many of their colleagues have, and confidence does not come with a login. Jacqui Cooper spoke of nurses \
who are unsure in something as ordinary as Teams, and asked leaders for patience and for help at the elbow. To \
switch a tool on and send round a message is not enough.

## Join the next discussion

Our thanks to the panel for speaking so openly. The conversation goes on at HPN Midlands and HPN Mental Health \
on 26 and 27 June. [Register your interest](/interest), and send the panel your question.
"""
