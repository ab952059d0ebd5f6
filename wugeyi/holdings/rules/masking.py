"""Names of persons for those who need not know them."""


def mask(name: str) -> str:
    """Keep the first character of a name; a star for each other one, three at most.

    >>> mask("张三"), mask("欧阳娜娜"), mask("李"), mask("")
    ('张*', '欧***', '*', '')
    """
    plain = name.strip()
    if len(plain) < 2:
        return "*" * len(plain)
    return plain[0] + "*" * min(len(plain) - 1, 3)
