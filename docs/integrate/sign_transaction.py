"""Signs the body of a transaction and a request, with nothing but Python and the openssl command.

usage: sign_transaction.py key.pem BODY_BASE64URL METHOD AUTHORITY TARGET CREATED NONCE KEYID
prints the txId, the signature of the body (base64url), and the three headers of a signed request
whose content is {"body": …, "signature": …}, one value a line.
"""
import base64
import hashlib
import json
import subprocess
import sys
import tempfile

TAG = b"renshe/tx/1\0"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def integers_of(der):
    """r and s of a DER signature, 32 bytes each: the chain takes no DER."""
    at = 2
    parts = b""
    for _ in range(2):
        length = der[at + 1]
        part = der[at + 2 : at + 2 + length].lstrip(b"\0")
        parts += part.rjust(32, b"\0")
        at += 2 + length
    return parts


def sign(key_file, message):
    """ECDSA over P-256 with SHA-256."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(message)
        file.flush()
        command = ["openssl", "dgst", "-sha256", "-sign", key_file, file.name]
        return integers_of(subprocess.run(command, check=True, capture_output=True).stdout)


def request_headers(key_file, method, authority, target, content, created, nonce, keyid):
    """Headers that sign a request (RFC 9421) over method, place, target and content."""
    digest = "sha-256=:" + base64.b64encode(hashlib.sha256(content).digest()).decode() + ":"
    parameters = (
        '("@method" "@authority" "@request-target" "content-digest")'
        f';created={created};nonce="{nonce}";keyid="{keyid}";alg="ecdsa-p256-sha256"'
    )
    lines = [
        f'"@method": {method}',
        f'"@authority": {authority}',
        f'"@request-target": {target}',
        f'"content-digest": {digest}',
        f'"@signature-params": {parameters}',
    ]
    signature = base64.b64encode(sign(key_file, "\n".join(lines).encode())).decode()
    return {
        "Content-Digest": digest,
        "Signature-Input": f"sig1={parameters}",
        "Signature": f"sig1=:{signature}:",
    }


def main(key_file, body_text, method, authority, target, created, nonce, keyid):
    body = from_base64url(body_text)
    print(hashlib.sha256(TAG + body).hexdigest())
    value = base64url(sign(key_file, TAG + body))
    print(value)
    given = {"body": body_text, "signature": {"kind": "p256", "value": value}}
    content = json.dumps(given, separators=(",", ":")).encode()
    headers = request_headers(key_file, method, authority, target, content, created, nonce, keyid)
    print("\n".join(headers.values()))


if __name__ == "__main__":
    main(*sys.argv[1:])
