"""What organisers fill in: to sign in, to set a password, to let somebody in."""

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from eventsite.errors import Refusal
from eventsite.mail.addresses import address_key, normalise_address
from eventsite.organisers.rules import desk_address
from eventsite.organisers.services import Credentials, NewOrganiser
from eventsite.organisers.tables import Role
from eventsite.web.forms import AtMost, Needed, OneLine, Words, WordsForm

LONGEST_NAME = 120
ROLES = [
    (Role.OWNER, "Owner", "Does everything, and lets others in"),
    (
        Role.EDITOR,
        "Editor",
        "Looks after events, write-ups and who comes; reads questions, but not those that are held",
    ),
    (Role.MODERATOR, "Moderator", "Reads and decides on questions, those that are held too, and nothing else"),
    (Role.VIEWER, "Viewer", "Reads questions, but not those that are held, and changes nothing"),
]


class Password(StringField):
    """A password, with every space that was typed. Never shown again."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def process_data(self, value: Any) -> None:
        self.data = ""


class OneOfTheRoles:
    """Refuses what is not a role."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data not in set(Role):
            raise ValidationError("Choose what they may do")


class SignInForm(WordsForm):
    """Who it is, and where they wanted to go."""

    email = Words(validators=[OneLine(), Needed("Enter your email address"), AtMost(254, "Email address")])
    password = Password(validators=[Needed("Enter your password")])
    next = Words()

    @property
    def leads_to(self) -> str:
        """Where on the desk to go once signed in."""
        return desk_address(self.next.data or "")

    def draft(self) -> Credentials:
        """The valid form as the service takes it. What is no address at all is nobody's, like any other unknown one."""
        try:
            key = normalise_address(self.email.data).key
        except Refusal:
            key = address_key(self.email.data)
        return Credentials(key, self.password.data)


class PasswordForm(WordsForm):
    """A new password; the service says whether it is fit."""

    password = Password(validators=[Needed("Enter a password")])


class OrganiserForm(WordsForm):
    """Somebody to let in, and as what."""

    name = Words(validators=[OneLine(), Needed("Enter their full name"), AtMost(LONGEST_NAME, "Full name")])
    email = Words(validators=[OneLine(), Needed("Enter their email address")])
    role = Words(validators=[OneOfTheRoles()])

    def draft(self) -> NewOrganiser:
        """The valid form as the service takes it; raises BadAddress."""
        return NewOrganiser(normalise_address(self.email.data), self.name.data, Role(self.role.data))
