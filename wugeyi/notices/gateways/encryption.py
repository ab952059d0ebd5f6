"""What web push asks for: encrypted messages (RFC 8291) and signed requests (RFC 8292).

Pure functions. Keys are raw: 65 octets of an uncompressed point on P-256, 32 of a
private key; in text they are base 64 for addresses, without padding.
"""

import base64
import json
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE: Final = ec.SECP256R1()
# n of P-256 (FIPS 186-4, D.1.2.3): private keys are 1 to n-1.
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD_OCTETS: Final = 4096
# One record: what is left of it without header (86), delimiter and tag (17).
MOST_OCTETS: Final = RECORD_OCTETS - 86 - 17
POINT_OCTETS: Final = 65
AUTH_OCTETS: Final = 16


def to_text(octets: bytes) -> str:
    """Write octets in base 64 for addresses, without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def to_octets(text: str) -> bytes:
    """Read the same; raises ValueError for anything else."""
    return base64.b64decode(
        text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
    )


def private_key(raw: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the key of 32 octets."""
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def derived_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return a key that follows from an installation's secret and from nothing else."""
    octets = HKDF(hashes.SHA256(), 48, None, b"wugeyi.notices.push").derive(
        secret.encode()
    )
    # 128 bits more than the order has: no key is likelier than another.
    return ec.derive_private_key(int.from_bytes(octets, "big") % (ORDER - 1) + 1, CURVE)


def public_octets(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the 65 octets of a public key."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key(raw: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key of 65 octets; raises ValueError if they are no point."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)


def _derive(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def encrypted(
    plain: bytes,
    *,
    reader: bytes,
    auth: bytes,
    salt: bytes,
    own: ec.EllipticCurvePrivateKey,
) -> bytes:
    """Return a message as a browser decrypts it (RFC 8291; one record of aes128gcm).

    Parameters
    ----------
    plain
        At most 3993 octets.
    reader, auth
        What the browser gave: its public key and 16 octets.
    salt, own
        16 fresh octets and a fresh key; never used for another message.

    Raises
    ------
    ValueError
        The message is too long, or ``reader`` is no point.
    """
    if len(plain) > MOST_OCTETS:
        raise ValueError("A pushed message has at most 3993 octets.")
    ours = public_octets(own.public_key())
    shared = own.exchange(ec.ECDH(), public_key(reader))
    material = _derive(auth, shared, b"WebPush: info\x00" + reader + ours, 32)
    key = _derive(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(salt, material, b"Content-Encoding: nonce\x00", 12)
    head = salt + RECORD_OCTETS.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, plain + b"\x02", None)


def authorisation(
    *, key: ec.EllipticCurvePrivateKey, audience: str, contact: str, ends: int
) -> str:
    """Return the Authorization header of RFC 8292.

    Parameters
    ----------
    audience
        Scheme and host of the push service.
    contact
        A mailto: or https: address of who runs this installation.
    ends
        When it stops to hold, in seconds since 1970; at most 24 hours from now.
    """
    claims = {"aud": audience, "exp": ends, "sub": contact}
    said = ".".join(
        to_text(json.dumps(part, separators=(",", ":")).encode())
        for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    signed = f"{said}.{to_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={signed}, k={to_text(public_octets(key.public_key()))}"
