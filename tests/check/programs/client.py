"""A client that passes the homework check, with a switch for each fault that the check must find.

    python3 client.py -id 1 -revproc 2100 -pkt packet.json [-fault NAME]
"""
import argparse
import codecs
import hashlib
import json
import socket
import sys
import time

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-revproc", type=int)
options.add_argument("-pkt")
options.add_argument("-fault", default="")
options = options.parse_args()
FAULT = options.fault

with open(options.pkt, encoding="utf-8") as file:
    packet = json.load(file)
payload = packet["payload"]
if FAULT == "other-scripts":
    payload = payload.encode("ascii", "replace").decode()
question = {"type": 3 if FAULT == "one-question" else 0, "srcid": options.id,
            "privPoliId": 0 if FAULT == "question-fields" else packet["privPolyId" if FAULT == "other-key" else "privPoliId"],
            "payloadsize": len(payload.encode()), "payload": payload}


def read_answer(connection):
    utf8 = codecs.getincrementaldecoder("utf-8")()
    text = ""
    while data := connection.recv(4096):
        text += utf8.decode(data)
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            if FAULT == "split-answer":
                sys.exit("This is no answer")
    if FAULT == "no-answer":
        json.loads(text)
    sys.exit("The proxy closed the connection without an answer")


try:
    source = ("", options.id if FAULT == "id-as-port" else 0)
    proxy = socket.create_connection(("127.0.0.1", options.revproc), source_address=source)
except ConnectionRefusedError:
    if FAULT == "nobody-listens":
        raise
    sys.exit("No proxy listens there")
with proxy:
    proxy.sendall(json.dumps(question, ensure_ascii=False).encode())
    if FAULT == "asks-once":
        proxy.sendall(json.dumps(question).encode())
    if FAULT == "late-answer":
        proxy.settimeout(0.5)
    try:
        answer = read_answer(proxy)
    except TimeoutError:
        sys.exit("The answer is late")

if "error" in answer and FAULT != "error-answer":
    sys.exit(answer["error"]["message"])
correct = FAULT == "wrong-hash" or answer["payload"] == hashlib.sha1(payload.encode()).hexdigest()
if FAULT == "error-answer" and not correct:
    sys.exit("The hash is wrong")
if FAULT != "shows-answer":
    print(answer["payload"], "is correct" if correct else "is WRONG")
if FAULT == "stays":
    sys.stdout.flush()
    time.sleep(60)
sys.exit(0 if correct else 1)
