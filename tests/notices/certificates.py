"""Certificates of a test's own: an authority, and what it signed, good and bad."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

YEAR = timedelta(days=365)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Signs certificates; ``file`` is its own, for who trusts it."""

    def __init__(self, folder: Path, name: str = "ca") -> None:
        self.folder, self.name = folder, _name(name)
        self.now = datetime.now(UTC)  # noqa: TID251 (OpenSSL looks at the real clock)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.file = folder / f"{name}.pem"
        begun = (self.now - YEAR, self.now + YEAR)
        own = self._signed(self.name, self.key, begun, authority=True)
        self.file.write_bytes(own.public_bytes(Encoding.PEM))

    def _signed(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        valid: tuple[datetime, datetime],
        *,
        authority: bool,
        names: tuple[str, ...] = (),
    ) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(valid[0])
            .not_valid_after(valid[1])
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
        )
        if names:
            alternative = x509.SubjectAlternativeName(map(x509.DNSName, names))
            made = made.add_extension(alternative, critical=False)
        return made.sign(self.key, hashes.SHA256())

    def server(self, *names: str, expired: bool = False) -> ssl.SSLContext:
        """What a server of these names shows its visitors."""
        ends = self.now - timedelta(days=1) if expired else self.now + YEAR
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = self._signed(
            _name(names[0]),
            key,
            (self.now - 2 * YEAR if expired else self.now - YEAR, ends),
            authority=False,
            names=names,
        )
        file = self.folder / f"{names[0]}-{expired}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + leaf.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context
