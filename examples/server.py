"""A server that joins Roundabout: registers with the proxy, then answers each message with its SHA-1.

    python3 server.py -id 500 -pp 333 -listen 2105 -revproc 2100
"""
import argparse
import codecs
import hashlib
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("--proxy-host", default="127.0.0.1")
options.add_argument("-revproc", "--proxy-port", type=int, default=2100, dest="proxy_port")
options.add_argument("-id", "--id", type=int, default=500)
options.add_argument("-pp", "--policy", type=int, default=333, dest="policy")
options.add_argument("-listen", "--port", type=int, default=0, dest="port")
options = options.parse_args()


def read_messages(connection):
    """Yields each JSON object. TCP is a stream: one may come in pieces, or several at once."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    text = ""
    while data := connection.recv(4096):
        text += utf8.decode(data)
        while text:
            try:
                message, end = json.JSONDecoder().raw_decode(text)
            except json.JSONDecodeError:
                break  # not all of it is here yet
            text = text[end:].lstrip()
            yield message


def send_message(connection, message):
    connection.sendall(json.dumps(message).encode())


def answer_to(question):
    digest = hashlib.sha1(question["payload"].encode()).hexdigest()
    return {"type": 2, "srcid": options.id, "destid": question["srcid"],
            "payloadsize": len(digest), "payload": digest}


with socket.create_connection((options.proxy_host, options.proxy_port)) as proxy:
    # Listen before registering (0: on any free port), since a message may come as soon as the proxy knows of us; at
    # this connection's own address, at which the proxy looks for us: 127.0.0.1 only if it is on this machine.
    here = proxy.getsockname()[0]
    listener = socket.create_server((here, options.port), family=proxy.family)
    port = listener.getsockname()[1]
    send_message(proxy, {"type": 1, "id": options.id,
                         "privPolyId": options.policy, "listenport": port})
print(f"Server {options.id} serves policy {options.policy} on port {port}", flush=True)

while True:
    connection, _ = listener.accept()
    try:
        with connection:  # the proxy opens one for each message
            for question in read_messages(connection):
                print(f"Received a data message from client {question['srcid']}",
                      f"payload: {question['payload']}", flush=True)
                send_message(connection, answer_to(question))
    except Exception as error:  # whatever came
        print(f"A connection went wrong: {error!r}", flush=True)  # and the next one is served
