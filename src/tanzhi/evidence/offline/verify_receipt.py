#!/usr/bin/env python3
"""验证碳治存证回执 / Verify a Tanzhi receipt. Standard library only; no network.

用法 / Usage:  python verify_receipt.py RECEIPT.json [--key PUBLIC_KEY_HEX] [--file FILE]
退出码 / Exit: 0 有效 valid, 1 无效 invalid, 2 无法读取 unreadable
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


# --- the audit path, RFC 9162 2.1.3.2 ---------------------------------------------------------------
def digest(name, data):
    return hashlib.new(name, data).digest()


def root_of(receipt):
    name, index, last = receipt["hash"], receipt["index"], receipt["head"]["size"] - 1
    if not 0 <= index <= last:
        return None
    node = digest(name, b"\x00" + receipt["leaf"].encode())
    for step in receipt["path"]:
        sibling = bytes.fromhex(step)
        if last == 0:
            return None
        if index & 1 or index == last:
            node = digest(name, b"\x01" + sibling + node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = digest(name, b"\x01" + node + sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


def number_fits(receipt):
    index = receipt["index"]
    return receipt["receipt"] == f"R-{index:06d}-{98 - (index * 100) % 97:02d}"


def faults(receipt, key, file):
    """What is wrong, in both languages; an empty list means valid."""
    head = receipt["head"]
    message = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    wrong = []
    if root_of(receipt) != bytes.fromhex(head["root"]):
        wrong.append("回执内容与树头不符：条目或路径被改动 / the entry does not lead to the head: altered")
    if not signed(bytes.fromhex(receipt["key"]), message, bytes.fromhex(receipt["signature"])):
        wrong.append("树头签名无效 / the signature of the head is invalid")
    if key and key.lower() != receipt["key"].lower():
        wrong.append("签名密钥不是所给的公钥 / signed with another key than the one given")
    if not number_fits(receipt):
        wrong.append("回执编号与条目不符 / the receipt's number does not fit its entry")
    opened = receipt.get("particulars")
    content = opened["content"] if opened else ""
    if opened:
        salted = digest(receipt["hash"], bytes.fromhex(opened["salt"]) + content.encode())
        if salted.hex() != json.loads(receipt["leaf"]).get("particulars"):
            wrong.append("所附事项与条目中的摘要不符 / the particulars do not match the digest in the entry")
    if file is not None and hashlib.sha256(file).hexdigest() not in receipt["leaf"] + content:
        wrong.append("所给文件不在此条目中 / the file given is not the one in this entry")
    return wrong


def read(path):
    with open(path, "rb") as source:
        return source.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipt")
    parser.add_argument("--key", default="")
    parser.add_argument("--file")
    options = parser.parse_args()
    try:
        with open(options.receipt, encoding="utf-8") as source:
            receipt = json.load(source)
        content = read(options.file) if options.file else None
        wrong = faults(receipt, options.key, content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"无法读取回执 / the receipt cannot be read: {error}")
        return 2
    for line in wrong:
        print("✗ " + line)
    if not wrong:
        head = receipt["head"]
        print(f"✓ 有效 / valid: {receipt['receipt']}, {head['at']}, {head['size']}")
        print(f"  公开内容 / public: {receipt['leaf']}")
        if "particulars" in receipt:
            print(f"  事项 / particulars: {receipt['particulars']['content']}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
