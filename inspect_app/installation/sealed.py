"""A file that only a pass phrase opens: AES-256-GCM, piece by piece, so that any size fits.

The key comes from the pass phrase by scrypt. Each piece is bound to its place and to whether it is
the last, so that none can be changed, left out, put elsewhere or cut off without being noticed.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from inspect_app.errors import Refusal

MARK = b"inspection evidence, sealed 1\n"
SALT = 16
PIECE = 2**20
TAG = 16
NONCE = 12
KEY = 32
WORK = 2**15


def seal(plain: BinaryIO, out: BinaryIO, phrase: str) -> None:
    """Write what `plain` holds, encrypted with a pass phrase."""
    salt = os.urandom(SALT)
    cipher = _cipher(phrase, salt)
    out.write(MARK + salt)
    for number, piece, last in _pieces(plain, PIECE):
        out.write(cipher.encrypt(_nonce(number), piece, _bound(salt, last=last)))


def unseal(held: BinaryIO, out: BinaryIO, phrase: str) -> None:
    """Write what was sealed; raises Refusal for another pass phrase, or where a byte differs."""
    held.seek(len(MARK))
    salt = held.read(SALT)
    cipher = _cipher(phrase, salt)
    try:
        for number, piece, last in _pieces(held, PIECE + TAG):
            out.write(cipher.decrypt(_nonce(number), piece, _bound(salt, last=last)))
    except InvalidTag:
        raise Refusal(
            "The backup does not open: the pass phrase is another, or the file was changed.",
            "Set INSPECT_APP_BACKUP_PASSPHRASE to the phrase that it was made with, or take "
            "another backup. Nothing was restored.",
        ) from None


def is_sealed(held: BinaryIO) -> bool:
    """Return whether a file begins as a sealed one does."""
    held.seek(0)
    return held.read(len(MARK)) == MARK


def _cipher(phrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=KEY, n=WORK, r=8, p=1).derive(phrase.encode()))


def _nonce(number: int) -> bytes:
    """Return a piece's own nonce: a key is used for one file, so that none comes twice."""
    return number.to_bytes(NONCE, "big")


def _bound(salt: bytes, *, last: bool) -> bytes:
    return MARK + salt + (b"last" if last else b"more")


def _pieces(held: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield each piece with its number and whether it is the last; a file of nothing has one."""
    number, piece = 0, held.read(size)
    while True:
        following = held.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following
