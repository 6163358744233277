"""Opening an encrypted workbook in memory: nothing of it is ever written anywhere."""

import io
from collections.abc import Iterable

from ..i18n.translate import LazyText
from ..problems.codes import DAMAGED, ENCRYPTED, NEEDS_SECURE, WRONG_PASSWORD
from .files import BoundedFile
from .guard import Guard, Refused

MOST_ROUNDS = 1_000_000
"""Rounds of hashing a password; Excel and WPS take 100,000. A hostile file could ask for thousands of millions."""


def decrypted(file: BoundedFile, guard: Guard, passwords: Iterable[str]) -> BoundedFile:
    """Return the package inside an encrypted document, its integrity verified.

    Raises ``Refused``: no password was given, none fits, the library is not installed, or the document is damaged.
    """
    passwords = tuple(passwords)
    if not passwords:
        raise guard.refuse(ENCRYPTED)
    try:
        from msoffcrypto.exceptions import InvalidKeyError
        from msoffcrypto.format.ooxml import OOXMLFile
    except ImportError as error:
        raise guard.refuse(NEEDS_SECURE) from error
    file.seek(0)
    content = io.BytesIO()
    try:
        office = OOXMLFile(io.BytesIO(file.read()))
        if office.info.get("spinValue", 0) > MOST_ROUNDS:
            raise ValueError(office.info["spinValue"])  # noqa: TRY301 - refused like all that is wrong with it
        for password in passwords:
            guard.check_time()
            try:
                office.load_key(password=password, verify_password=True)
            except InvalidKeyError:
                continue
            office.decrypt(content, verify_integrity=office.type == "agile")
            return BoundedFile(content)
    except Refused:
        raise
    except Exception as error:
        raise guard.refuse(DAMAGED, part=LazyText("加密内容")) from error
    raise guard.refuse(WRONG_PASSWORD)
