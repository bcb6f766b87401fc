#!/usr/bin/env python3
"""验证碳治存证的两个树头前后一致 / Prove that an older head is the beginning of a newer one. Standard library only.

用法 / Usage:  python verify_consistency.py OLD_SIZE:OLD_ROOT PROOF.json [--key PUBLIC_KEY_HEX]
旧树头印在发布稿上 / the old head stands on a bulletin; PROOF.json: /evidence/consistency.json?from=OLD_SIZE
退出码 / Exit: 0 一致 consistent, 1 不一致 inconsistent, 2 无法读取 unreadable
"""

import argparse
import hashlib
import json
import sys

# --- Ed25519 verification, RFC 8032 ----------------------------------------------------------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point(data):
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    e, h, f, g = f - e, f + e, h - g, h + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, base):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, base)
        base = add(base, base)
        scalar >>= 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = point(public), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = multiply(scalar, BASE), add(commitment, multiply(challenge, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# --- the proof, RFC 9162 2.1.4.2 --------------------------------------------------------------------
def digest(name, data):
    return hashlib.new(name, data).digest()


def up(index, last, while_odd):
    """Climb while the node is a right child, or a left child without a sibling."""
    while index & 1 if while_odd else not index & 1 and index:
        index, last = index >> 1, last >> 1
    return index, last


def consistent(name, before_head, after_head, proof):
    """Whether the older tree is the beginning of the newer one; a head is size and root."""
    (old, old_root), (new, new_root) = before_head, after_head
    if old == new:
        return not proof and old_root == new_root
    if old & (old - 1) == 0:
        proof = [old_root, *proof]
    if not proof or not 0 < old < new:
        return False
    index, last = up(old - 1, new - 1, True)
    before = after = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before = digest(name, b"\x01" + sibling + before)
            after = digest(name, b"\x01" + sibling + after)
            if not index & 1:
                index, last = up(index, last, False)
        else:
            after = digest(name, b"\x01" + after + sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, new_root)


def faults(size, root, proof, key):
    """What is wrong, in both languages; an empty list means that nothing before the old head was changed."""
    head = proof["head"]
    message = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    nodes = [bytes.fromhex(node) for node in proof["proof"]]
    wrong = []
    if proof["from"] != size:
        wrong.append("证明所对的规模不是所给的旧树头 / the proof is not for the old head that was given")
    if not consistent(proof["hash"], (size, root), (head["size"], bytes.fromhex(head["root"])), nodes):
        wrong.append("新树头不含旧树头：历史被改写 / the new head does not contain the old one: history was rewritten")
    if not signed(bytes.fromhex(proof["key"]), message, bytes.fromhex(proof["signature"])):
        wrong.append("树头签名无效 / the signature of the head is invalid")
    if key and key.lower() != proof["key"].lower():
        wrong.append("签名密钥不是所给的公钥 / signed with another key than the one given")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("head")
    parser.add_argument("proof")
    parser.add_argument("--key", default="")
    options = parser.parse_args()
    try:
        size, _, root = options.head.partition(":")
        with open(options.proof, encoding="utf-8") as source:
            proof = json.load(source)
        wrong = faults(int(size), bytes.fromhex(root), proof, options.key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"无法读取 / cannot be read: {error}")
        return 2
    for line in wrong:
        print("✗ " + line)
    if not wrong:
        print(f"✓ 一致 / consistent: {size} → {proof['head']['size']}, {proof['head']['at']}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
