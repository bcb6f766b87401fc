"""The unified social credit code (统一社会信用代码) and its check character, GB 32100-2015."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 characters, without I, O, S, V, Z
_WEIGHTS = [pow(3, place, 31) for place in range(17)]


def check_character(first_seventeen: str) -> str:
    """The eighteenth character of a code, from the first seventeen."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Eighteen characters of the alphabet, the last one the check character."""
    return len(code) == 18 and all(c in ALPHABET for c in code) and check_character(code[:17]) == code[17]
