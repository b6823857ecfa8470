"""A client that joins Roundabout: sends one message through the proxy and checks the answer.

    python3 client.py -id 50 -revproc 2100 -pkt packet.json
    python3 client.py --policy 333 --payload hello
"""
import argparse
import codecs
import hashlib
import json
import socket
import sys

options = argparse.ArgumentParser()
options.add_argument("--proxy-host", default="127.0.0.1")
options.add_argument("-revproc", "--proxy-port", type=int, default=2100, dest="proxy_port")
options.add_argument("-id", "--id", type=int, default=50)
options.add_argument("-pkt", help="a file with the message: its policy and payload are sent")
options.add_argument("--policy", type=int, default=333)
options.add_argument("--payload", default="hello")
options = options.parse_args()


def read_message(connection):
    """Reads one JSON object. TCP is a stream: it may come in pieces."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    text = ""
    while data := connection.recv(4096):
        text += utf8.decode(data)
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            pass  # not all of it is here yet
    sys.exit("The proxy closed the connection without an answer")


packet = {"privPoliId": options.policy, "payload": options.payload}
if options.pkt:
    try:
        with open(options.pkt, encoding="utf-8") as file:
            packet = json.load(file)
    except (OSError, ValueError) as error:
        sys.exit(f"{options.pkt} cannot be read: {error}")

payload = packet["payload"].encode()
question = {"type": 0, "srcid": options.id, "privPoliId": packet["privPoliId"],
            "payloadsize": len(payload), "payload": packet["payload"]}

try:
    proxy = socket.create_connection((options.proxy_host, options.proxy_port))
except OSError as error:
    sys.exit(f"There is no proxy on port {options.proxy_port}: {error}")

with proxy:
    proxy.sendall(json.dumps(question).encode())
    print(f"Sent {packet['payload']!r} for policy {packet['privPoliId']}", flush=True)
    answer = read_message(proxy)

if "error" in answer:
    sys.exit(f"The proxy answered: {answer['error']['message']}")

correct = answer["payload"] == hashlib.sha1(payload).hexdigest()
print(f"Received hash {answer['payload']} from server {answer['srcid']}:",
      "correct" if correct else "WRONG")
sys.exit(0 if correct else 1)
