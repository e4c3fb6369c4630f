"""A person's own page: the sentences it says after a deed."""

DONE = {
    "withdrawn": "Your interest is withdrawn. We write to you about that event no more.",
    "returned": "Your interest is registered again. A letter with the calendar file is on its way.",
    "updates-on": "We send you news of other events from now on.",
    "updates-off": "We send you no more news of other events.",
    "details": "Your details are as you gave them.",
}


def done_sentence(key: str) -> str:
    """What to say of the deed that led here: one of our own sentences, or an empty one for any other key."""
    return DONE.get(key, "")
