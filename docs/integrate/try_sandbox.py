"""Acts on the demonstration as a member's system: prepares, signs, hands in, shows the answer.

usage: try_sandbox.py http://127.0.0.1:4780
Needs Python and the openssl command. The keys are those of the sandbox: worthless, and anybody's.
"""
import json
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from urllib.parse import urlparse

from sign_transaction import TAG, base64url, from_base64url, request_headers, sign


def ask(url, path, content, key_file, certificate):
    """One signed request; answers status and JSON, of a refusal too."""
    body = json.dumps(content, separators=(",", ":")).encode()
    place = urlparse(url).netloc
    headers = request_headers(
        key_file, "POST", place, path, body, int(time.time()), base64url(os.urandom(16)), certificate
    )
    request = urllib.request.Request(url + path, body, {**headers, "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def main(url):
    with urllib.request.urlopen(url + "/api/v1/demonstration/sandbox") as answer:
        sandbox = json.load(answer)
    own = next(each for each in sandbox["members"] if each["party"] == "custodian")
    print("chain", sandbox["chain"], "as", own["member"])
    with tempfile.TemporaryDirectory() as folder:
        key_file = os.path.join(folder, "key.pem")
        with open(key_file, "w", encoding="ascii") as file:
            file.write(own["privateKey"])
        certificate = own["certificate"]
        status, plans = ask(
            url, "/api/v1/queries/registers/list-entries",
            {"input": {"register": "annuity-plan"}}, key_file, certificate,
        )
        print(status, [entry["key"] for entry in plans["data"]["items"]])
        status, prepared = ask(
            url, "/api/v1/actions/supervision/acknowledge-alert/prepare",
            {"input": {"alert": "0" * 26}}, key_file, certificate,
        )
        print(status, prepared.get("words", prepared))
        if status != 201:
            return
        signature = {"kind": "p256", "value": base64url(sign(key_file, TAG + from_base64url(prepared["body"])))}
        status, done = ask(
            url, "/api/v1/transactions",
            {"body": prepared["body"], "signature": signature}, key_file, certificate,
        )
        print(status, json.dumps(done, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
