"""Form fields that are about a person."""

from typing import Any

from wtforms.validators import ValidationError

from eventsite.mail.addresses import Address, BadAddress, normalise_address
from eventsite.web.forms import Words


class AddressField(Words):
    """An email address as people type it; once valid, `address` is as letters go to it, or None where it is empty."""

    address: Address | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            self.address = normalise_address(self.data)
        except BadAddress as refusal:
            raise ValidationError(str(refusal)) from None
