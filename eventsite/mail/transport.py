"""The way out that the settings describe: a mail server, a key to sign with, a command for tokens."""

from collections.abc import Callable
from pathlib import Path

from eventsite.mail.oauth import TokenCommand
from eventsite.mail.smtp import SmtpTransport
from eventsite.settings import BadSettings, Settings


def transport_from(settings: Settings) -> SmtpTransport:
    """Connects to nothing yet. Raises BadSettings where a setting cannot be used, with a sentence that names it."""
    command = settings.smtp_oauth_token_command
    return SmtpTransport(
        settings.smtp_url,
        local_hostname=settings.uid_domain,
        sign=_signature(settings) if settings.dkim_domain else None,
        tokens=TokenCommand(command) if command else None,
    )


def _signature(settings: Settings) -> Callable[[bytes], bytes]:
    # 10 MB that a deployment whose relay signs can do without.
    from eventsite.mail.signing import BadKey, signer_from_file

    try:
        key_file = Path(settings.dkim_key_file)
        return signer_from_file(settings.dkim_domain, settings.dkim_selector, key_file).sign
    except BadKey as error:
        raise BadSettings(f"DKIM_KEY_FILE {error}.") from None
