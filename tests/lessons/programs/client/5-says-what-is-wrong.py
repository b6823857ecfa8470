import argparse
import hashlib
import json
import socket
import sys

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-revproc", type=int)
options.add_argument("-pkt")
options = options.parse_args()


def read_message(connection):
    data = b""
    while True:
        piece = connection.recv(65536)
        if not piece:
            sys.exit("The proxy closed the connection without an answer")
        data += piece
        try:
            return json.loads(data)
        except ValueError:
            pass  # not all of it is here yet


with open(options.pkt, encoding="utf-8") as file:
    packet = json.load(file)

payload = packet["payload"].encode()
question = {"type": 0, "srcid": options.id, "privPoliId": packet["privPoliId"],
            "payloadsize": len(payload), "payload": packet["payload"]}

try:
    proxy = socket.create_connection(("127.0.0.1", options.revproc))
except OSError as error:
    sys.exit(f"There is no proxy on port {options.revproc}: {error}")

proxy.sendall(json.dumps(question).encode())
answer = read_message(proxy)
if "error" in answer:
    sys.exit("The proxy answered: " + answer["error"]["message"])

is_correct = answer["payload"] == hashlib.sha1(payload).hexdigest()
print("Received hash", answer["payload"], "from server", answer["srcid"],
      "which is", "correct" if is_correct else "WRONG")
sys.exit(0 if is_correct else 1)
