"""People who do not exist, as many as are wanted, at addresses that never will."""

from eventsite.people.services import PersonDraft

FIRST = (
    *("Asha", "Ben", "Carys", "Dev", "Esi", "Fergus", "Grace", "Hana", "Iain", "Jude"),
    *("Kofi", "Leila", "Mina", "Noor", "Owen", "Priya", "Quinn", "Rosa", "Sunil", "Tamsin"),
    *("Uma", "Vikram", "Wren", "Ximena", "Yusuf", "Zoë", "Aled", "Bronwen", "Chidi", "Dervla"),
    *("Emre", "Farah", "Gwen", "Hugo", "Ines", "Jamal", "Kate", "Lorcan", "Maeve", "Nikhil"),
)
LAST = (
    *("Alder", "Birch", "Cartwright", "Dunmore", "Ellery", "Fenwick", "Garland", "Hartley", "Ibbot", "Jessop"),
    *("Kestrel", "Lark", "Marlowe", "Nettle", "Okoro", "Penrose", "Quayle", "Rahman", "Sandhu", "Thorne"),
    *("Underhill", "Vance", "Wetherby", "Yarrow", "Adeyemi", "Brook", "Chaudhry", "Dale", "Eze", "Flint"),
    *("Gill", "Holloway", "Iqbal", "Joyce", "Kaur", "Linden", "Moss", "Ngata", "Osei", "Patel"),
    *("Reed", "Sharma", "Teal", "Usman", "Vale", "Whitlock", "Yates", "Zaman", "Ash", "Bell", "Cole", "Drake"),
)
PLACES = (
    *("Tamebrook", "Eldermere", "Severnwick", "Arrowmoor", "Maplethorne", "Larkfold", "Wyrecombe", "Trentholme"),
    *("Oakhallow", "Peakstow", "Soarbridge", "Derwentby"),
)
KINDS = ("Hospitals", "Community Health", "Mental Health Trust", "Integrated Care")
POSTS = (
    *("Chief nurse", "Head of digital", "Clinical safety officer", "Matron", "Programme manager"),
    *("Chief clinical information officer", "Consultant psychiatrist", "Director of transformation", "Pharmacist"),
)


def somebody(number: int) -> PersonDraft:
    """One invented person for each number from nought to two thousand: name, post, and an address nobody can have."""
    name = f"{FIRST[number % len(FIRST)]} {LAST[(number // len(FIRST) + number) % len(LAST)]}"
    place = PLACES[number % len(PLACES)]
    email = f"{name.split()[0].lower().replace('ë', 'e')}.{number}@{place.lower()}.example"
    organisation = f"{place} {KINDS[number // len(PLACES) % len(KINDS)]}"
    return PersonDraft(email, email, name, POSTS[number % len(POSTS)], organisation)
