import argparse
import codecs
import json
import socket
import threading
import time

options = argparse.ArgumentParser()
options.add_argument("-port", type=int)
options = options.parse_args()

table = []  # a row for each server
turns = {}  # policy -> whose turn it is
lock = threading.Lock()


def read_messages(connection):
    """Yields each message with its text."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    text = ""
    while True:
        data = connection.recv(65536)
        if not data:
            return
        text += utf8.decode(data)
        while text:
            try:
                message, end = json.JSONDecoder().raw_decode(text)
            except json.JSONDecodeError:
                break  # not all of it is here yet
            yield message, text[:end]
            text = text[end:].lstrip()


class Refused(Exception):
    """Becomes an error answer."""


def policy_of(message):
    return str(message["privPoliId"] if "privPoliId" in message else message["privPolyId"])


def register(message, host):
    row = {"id": str(message["id"]), "policy": policy_of(message),
           "host": host, "port": int(message["listenport"])}
    with lock:
        for known in table:
            if known["id"] == row["id"]:
                known.update(row)
                return
        table.append(row)


def choose(policy):
    with lock:
        servers = [row for row in table if row["policy"] == policy]
        if not servers:
            raise Refused(f"Nobody serves policy {policy}")
        turn = turns.get(policy, 0)
        turns[policy] = (turn + 1) % len(servers)
        return servers[turn]


def connect(row):
    """A server may register just before it listens: a refused connection is tried again for a second."""
    deadline = time.monotonic() + 1
    while True:
        try:
            return socket.create_connection((row["host"], row["port"]), timeout=10)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def forward(row, text):
    with connect(row) as server:
        server.sendall(text.encode())
        for message, answer in read_messages(server):
            return answer
    raise Refused(f"Server {row['id']} gave no answer")


def answer_to(message, text):
    try:
        return forward(choose(policy_of(message)), text)
    except (Refused, OSError) as error:
        sentence = str(error)
        return json.dumps({"type": 2, "srcid": 0, "destid": message["srcid"],
                           "payloadsize": len(sentence), "payload": sentence,
                           "error": {"message": sentence}})


def serve(connection, host):
    for message, text in read_messages(connection):
        if str(message["type"]) == "1":
            register(message, host)
        elif str(message["type"]) == "0":
            connection.sendall(answer_to(message, text).encode())


def handle(connection, address):
    try:
        with connection:
            serve(connection, address[0])
    except Exception as error:
        print("A connection went wrong:", repr(error), flush=True)


listener = socket.create_server(("127.0.0.1", options.port))
while True:
    threading.Thread(target=handle, args=listener.accept(), daemon=True).start()
