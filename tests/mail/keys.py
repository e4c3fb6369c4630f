"""Keys for DKIM, made for the tests of one run, and what DNS would say of them."""

import base64
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

DOMAIN, SELECTOR = "events.example.org", "autumn"


@cache
def key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """The one of that length."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def private_pem(bits: int = 2048) -> bytes:
    """A private key as a deployment keeps it."""
    return key(bits).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def dns_records(bits: int = 2048) -> dict[str, str]:
    """The TXT record that belongs to it."""
    public = key(bits).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {f"{SELECTOR}._domainkey.{DOMAIN}": f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"}
