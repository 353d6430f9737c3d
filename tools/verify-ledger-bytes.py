"""Recomputes vectors/ledger-bytes.json with nothing but Python's standard library.

An independent check: it shares no code with the TypeScript and was written from the specification.
Usage: python3 tools/verify-ledger-bytes.py [vectors folder]; exit code 0 if everything agrees.
"""
import base64, hashlib, json, struct, sys, zlib

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "vectors"
done = 0


def same(what, found, expected):
    global done
    done += 1
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


# --- section 1: hashes and trees -----------------------------------------------------------------
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def tag(label): return f"renshe/{label}/1\0".encode()
def H(label, *parts): return sha(tag(label), *parts)
def leaf(label, content): return sha(b"\0", tag(label), content)
def unhex(text): return bytes.fromhex(text)
def unb64(text): return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
def split(n): return 1 << ((n - 1).bit_length() - 1)
def root(leaves):
    if len(leaves) < 2: return leaves[0] if leaves else sha()
    k = split(len(leaves))
    return sha(b"\1", root(leaves[:k]), root(leaves[k:]))
def inclusion(m, d):
    if len(d) == 1: return []
    k = split(len(d))
    return inclusion(m, d[:k]) + [root(d[k:])] if m < k else inclusion(m - k, d[k:]) + [root(d[:k])]
def consistency(m, d, whole=True):
    if m == len(d): return [] if whole else [root(d)]
    k = split(len(d))
    if m <= k: return consistency(m, d[:k], whole) + [root(d[k:])]
    return consistency(m - k, d[k:], False) + [root(d[:k])]


# --- section 2: strict and canonical JSON, ids, keys ---------------------------------------------
def refuse(reason): raise ValueError(reason)
def members(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names) or "__proto__" in names: refuse("names")
    return dict(pairs)
def integer(text): return refuse("number") if text == "-0" or abs(int(text)) > 2**53 - 1 else int(text)
def strict(raw):
    value = json.loads(raw.decode("utf-8"), object_pairs_hook=members, parse_int=integer, parse_float=refuse, parse_constant=refuse)
    depth = lambda v: 1 + max(map(depth, v.values() if isinstance(v, dict) else v), default=0) if isinstance(v, (dict, list)) else 0
    if not isinstance(value, dict) or depth(value) > 32: refuse("shape")
    jcs(value)  # a lone surrogate has no UTF-8
    return value
def jcs(v):
    def ordered(v):
        if isinstance(v, dict): return {k: ordered(v[k]) for k in sorted(v, key=lambda k: k.encode("utf-16-be", "surrogatepass"))}
        return [ordered(x) for x in v] if isinstance(v, list) else v
    return json.dumps(ordered(v), ensure_ascii=False, separators=(",", ":")).encode()
def crockford(raw):
    number = int.from_bytes(raw, "big")
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> 5 * i & 31] for i in range(25, -1, -1))
def key(collection, parts):
    part = lambda p: b"\2" + struct.pack(">Q", p) if isinstance(p, int) else b"\1" + p.encode().replace(b"\0", b"\0\xff") + b"\0"
    return collection.encode() + b"\0" + b"".join(map(part, parts))
def keyed(k, value_hash): return struct.pack(">H", len(k)) + k + value_hash
def value_hash(v): return bytes(32) if v is None else H("value", jcs(v))
def commitment(opening):
    T = lambda label: f"renshe/sealed/1/{label}\0".encode()
    header, seed = jcs(opening["header"]), unhex(opening["seed"])
    only = sha(b"\0", sha(T("leaf"), seed, struct.pack(">I", 0)), unb64(opening["content"]))
    return sha(T("section"), sha(T("header"), header), only).hex()
def frame(t): return struct.pack(">I", len(t["body"].encode())) + t["body"].encode() + struct.pack(">H", len(t["signature"])) + t["signature"].encode()


# --- Ed25519 (RFC 8032 without cofactor) and SM2/P-256 on a short Weierstrass curve --------------
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def ed_add(a, b):
    (x, y), (u, v) = a, b
    t = D * x * u * y * v % P
    return (x * v + y * u) * pow(1 + t, -1, P) % P, (y * v + x * u) * pow(1 - t, -1, P) % P
def ed_point(raw):
    y = int.from_bytes(raw, "little") & (1 << 255) - 1
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if x * x % P != xx: x = x * pow(2, (P - 1) // 4, P) % P
    return (P - x if x % 2 != raw[31] >> 7 else x), y
def times(n, point, add, zero):
    total = zero
    while n:
        if n & 1: total = add(total, point)
        point, n = add(point, point), n >> 1
    return total
def ed25519(public, message, value):
    s, k = int.from_bytes(value[32:], "little"), int.from_bytes(hashlib.sha512(value[:32] + public + message).digest(), "little") % L
    x, y = ed_point(public)
    base = ed_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    point = ed_add(times(s, base, ed_add, (0, 1)), times(k, (P - x, y), ed_add, (0, 1)))
    return s < L and (point[1] | (point[0] & 1) << 255).to_bytes(32, "little") == value[:32]
def curve(p, a):
    def add(m, n):
        if m is None or n is None: return m or n
        (x, y), (u, v) = m, n
        if x == u and (y + v) % p == 0: return None
        slope = ((3 * x * x + a) * pow(2 * y, -1, p) if m == n else (v - y) * pow(u - x, -1, p)) % p
        w = (slope * slope - x - u) % p
        return w, (slope * (x - w) - y) % p
    return add
P256 = (2**256 - 2**224 + 2**192 + 2**96 - 1, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551, 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
SM2 = (2**256 - 2**224 - 2**96 + 2**64 - 1, 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123, 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7, 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
def number(raw): return int.from_bytes(raw, "big")
def point_of(raw): return number(raw[1:33]), number(raw[33:])
def p256(public, message, value):
    (p, n, x, y), r, s = P256, number(value[:32]), number(value[32:])
    add, w = curve(p, -3), pow(s, -1, n)
    found = add(times(number(sha(message)) * w % n, (x, y), add, None), times(r * w % n, point_of(public), add, None))
    return 0 < r < n and 0 < s < n and found is not None and found[0] % n == r
def sm2(public, message, value):
    (p, n, x, y), r, s = SM2, number(value[:32]), number(value[32:])
    sm3 = lambda data: hashlib.new("sm3", data).digest()
    constants = b"".join(v.to_bytes(32, "big") for v in (p - 3, SM2_B, x, y))
    z = sm3(b"\0\x80" + b"1234567812345678" + constants + public[1:])
    add, t = curve(p, -3), (r + s) % n
    found = add(times(s, (x, y), add, None), times(t, point_of(public), add, None))
    return 0 < r < n and 0 < s < n and t != 0 and found is not None and (number(sm3(z + message)) + found[0]) % n == r
VERIFY = {"ed25519": ed25519, "p256": p256, "sm2": sm2}


# --- the vectors ---------------------------------------------------------------------------------
v = json.load(open(f"{FOLDER}/ledger-bytes.json", encoding="utf-8"))
same("H(tx, nothing)", H("tx").hex(), v["tags"]["H_tx_of_empty"])
same("empty root", root([]).hex(), v["tags"]["emptyRoot"])
genesis = jcs(v["genesis"]["document"])
same("genesis", (H("genesis", genesis).hex(), len(genesis)), (v["genesis"]["hash"], v["genesis"]["bytes"]))
same("chain id", f"{v['genesis']['document']['name']}-{v['genesis']['hash'][:8]}", v["genesis"]["chain"])
keys = {}
for name, certificate in v["certificates"].items():
    der = unb64(certificate["der"])
    same(name, sha(der).hex(), certificate["fingerprint"])
    spki = der.find(unhex("302a300506032b6570032100"))
    point = der.find(unhex("2a8648ce3d030107034200"))
    keys[certificate["fingerprint"]] = der[point + 11 : point + 76] if point > 0 else der[spki + 12 : spki + 44]
for s in v["genesis"]["signatures"]:
    same("founder", VERIFY[s["kind"]](keys[s["certificate"]], tag("genesis") + genesis, unb64(s["value"])), True)
policy = v["policy"]["document"]
same("policy", H("policy", jcs(policy)).hex(), v["policy"]["hash"])
same("package", H("package", jcs(v["package"]["document"])).hex(), v["package"]["hash"])
for t in v["transactions"]:
    body, signature = t["body"].encode(), t["signature"].encode()
    same("txId", H("tx", body).hex(), t["txId"])
    same("transaction leaf", leaf("transaction", H("tx", body) + H("signature", signature)).hex(), t["leaf"])
    same("result leaf", leaf("result", jcs(t["result"])).hex(), t["resultLeaf"])
    same("events", root([leaf("event", jcs(e)) for e in t["events"]]).hex(), t["result"]["events"]["root"])
    same("frame", sha(frame(t)).hex(), t["frameSha256"])
    parsed = strict(signature)
    same("signature", VERIFY[parsed["kind"]](keys[strict(body)["signer"]], tag("tx") + body, unb64(parsed["value"])), True)
chosen = [v["transactions"][i] for i in v["bundle"]["members"]]
bundle = b"RSB1" + struct.pack(">H", len(chosen)) + b"".join(map(frame, chosen))
same("bundle", (sha(bundle).hex(), len(bundle)), (v["bundle"]["sha256"], v["bundle"]["bytes"]))
signed = v["signatures"]
message = tag("tx") + signed["body"].encode()
for kind in VERIFY:
    same(kind, VERIFY[kind](unhex(signed[kind]["publicKey"]), message, unb64(signed[kind]["value"])), True)
    same(f"{kind} altered", VERIFY[kind](unhex(signed[kind]["publicKey"]), message + b" ", unb64(signed[kind]["value"])), False)
passkey = signed["webauthn"]
assertion = unb64(passkey["object"]["authenticatorData"]) + sha(unb64(passkey["object"]["clientDataJSON"]))
same("webauthn", p256(unhex(passkey["publicKey"]), assertion, unb64(passkey["object"]["value"])), True)
same("webauthn object", jcs(passkey["object"]).decode(), passkey["objectJcs"])
for i in v["ids"]:
    same("id", crockford(unhex(i["raw"]) if "raw" in i else H("id", unhex(i["txId"]), i["label"].encode())[:16]), i["id"])
for k in v["keys"]: same("key", key(k["collection"], k["parts"]).hex(), k["key"])
same("order of keys", sorted(range(len(v["keys"])), key=lambda i: unhex(v["keys"][i]["key"])), v["keysOrder"])
log = []
for height, block in enumerate(v["blocks"]):
    header = jcs(block["header"])
    same("header", (H("header", header).hex(), leaf("header", header).hex()), (block["headerHash"], block["logLeaf"]))
    same("log", root(log).hex(), block["header"]["log"])
    log.append(leaf("header", header))
    writes = [leaf("write", keyed(key(w["collection"], w["key"]), value_hash(w["value"]))) for w in block["writes"]]
    same("writes", ([w.hex() for w in writes], root(writes).hex()), ([w["leaf"] for w in block["writes"]], block["header"]["writeRoot"]))
    own = [t for t in v["transactions"] if t["height"] == height]
    same("txRoot", root([unhex(t["leaf"]) for t in own]).hex(), block["header"]["txRoot"])
    same("resultRoot", root([unhex(t["resultLeaf"]) for t in own]).hex(), block["header"]["resultRoot"])
same("log root", root(log).hex(), v["log"]["root"])
same("inclusion", [h.hex() for h in inclusion(2, log)], v["log"]["inclusion2"])
for c in v["log"]["consistency"]:
    same("consistency", [h.hex() for h in consistency(c["from"], log[: c["to"]])], c["path"])
states = [leaf("state", keyed(unhex(s["key"]), unhex(s["valueHash"]))) for s in v["snapshot"]["leaves"]]
same("state", ([s.hex() for s in states], root(states).hex()), ([s["leaf"] for s in v["snapshot"]["leaves"]], v["snapshot"]["root"]))

# --- checkpoint lines ----------------------------------------------------------------------------
c, origin = v["checkpoint"], f"renshe/{v['genesis']['chain']}"
same("checkpoint text", f"{origin}\n6\n{base64.b64encode(root(log)).decode()}\n", c["text"])
cosigned = f"cosignature/v1\ntime {c['cosignTime']}\n{c['text']}".encode()
def line(text, type_, public, verify):
    _, name, payload = text.split(" ")
    raw = base64.b64decode(payload)
    same(f"key id {name}", sha(name.encode(), b"\n", type_, public)[:4], raw[:4])
    same(f"line {name}", verify(public, c["text"].encode() if name == origin else cosigned, raw[-64:]), True)
    if name != origin: same(f"time {name}", struct.unpack(">Q", raw[4:12])[0], c["cosignTime"])
_, first, second, third = c["note"].rstrip("\n").split("— ")
line("— " + first, b"\1", unb64(policy["operator"]["ed25519"]), ed25519)
for text, witness in zip((second, third), policy["witnesses"]): line("— " + text, b"\4", unb64(witness["ed25519"]), ed25519)
line(c["sm2OperatorLine"], b"\xffrenshe/sm2/1", unhex(c["sm2Keys"]["operator"]), sm2)
line(c["sm2WitnessLine"], b"\xffrenshe/sm2-cosignature/1", unhex(c["sm2Keys"]["csb-0001"]), sm2)

# --- batch, sub-ledger, block log, evidence, JSON ------------------------------------------------
def rows(label, listed):
    for row in listed: same(f"{label} commitment", commitment(row["opening"]), row["leaf"]["sections"][0]["commitment"])
    return root([leaf(label, jcs(row["leaf"])) for row in listed]).hex()
same("batch", rows("batch", v["batch"]["rows"]), v["batch"]["root"])
same("outcomes", root([leaf("outcome", jcs(o)) for o in v["batch"]["outcomes"]]).hex(), v["batch"]["outcomesRoot"])
posted = v["subledger"]["journal"]["subledger"]
same("balances", rows("balance", v["subledger"]["after"]), posted["balances"]["root"])
same("entries", rows("entry", v["subledger"]["entries"]), posted["entries"]["root"])
head = b"RSLOG1\0\0" + unhex(v["genesis"]["hash"]) + struct.pack(">Q", 0)
same("segment head", (head + struct.pack(">I", zlib.crc32(head))).hex(), v["blockLog"]["segmentHead"])
header, own = jcs(v["blocks"][2]["header"]), [t for t in v["transactions"] if t["height"] == 2]
block = struct.pack(">I", len(header)) + header + struct.pack(">I", len(own)) + b"".join(map(frame, own))
same("block", (sha(block).hex(), len(block)), (v["blockLog"]["block2"]["blockSha256"], v["blockLog"]["block2"]["bytes"]))
length = struct.pack(">I", len(block) + 1)
same("record", (length + struct.pack(">I", zlib.crc32(length + b"\1" + block)) + b"\1").hex(), v["blockLog"]["block2"]["recordHead"])
for name, expected in v["evidence"].items():
    raw = open(f"{FOLDER}/{name}.renshe.json", "rb").read()
    same(f"{name} file", (sha(raw).hex(), len(raw), jcs(strict(raw)) == raw), (expected["sha256"], expected["bytes"], True))
for text, canonical in v["json"]["canonical"]: same("canonical", jcs(strict(text.encode())).decode(), canonical)
for text in v["json"]["accepted"]: same("accepted", isinstance(strict(text.encode()), dict), True)
for raw in [t.encode("utf-8", "surrogatepass") for t in v["json"]["refused"]] + [unhex(h) for h in v["json"]["refusedHex"]]:
    try: same("refused", strict(raw), "a refusal")
    except (ValueError, RecursionError): done += 1
print(f"{done} values agree")
