import argparse
import codecs
import json
import socket
import threading

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


def register(message, host):
    row = {"id": message["id"], "policy": message["privPolyId"],
           "host": host, "port": message["listenport"]}
    with lock:
        for known in table:
            if known["id"] == row["id"]:
                known.update(row)
                return
        table.append(row)


def choose(policy):
    with lock:
        servers = [row for row in table if row["policy"] == policy]
        turn = turns.get(policy, 0)
        turns[policy] = (turn + 1) % len(servers)
        return servers[turn]


def forward(row, text):
    with socket.create_connection((row["host"], row["port"])) as server:
        server.sendall(text.encode())
        for message, answer in read_messages(server):
            return answer


def serve(connection, host):
    for message, text in read_messages(connection):
        if message["type"] == 1:
            register(message, host)
        else:
            row = choose(message["privPoliId"])
            connection.sendall(forward(row, text).encode())


def handle(connection, address):
    with connection:
        serve(connection, address[0])


listener = socket.create_server(("127.0.0.1", options.port))
while True:
    threading.Thread(target=handle, args=listener.accept(), daemon=True).start()
