"""A reverse proxy with a thread for each connection, and a lock around what the threads share.

    python3 short_lock.py -port 2100
"""
import argparse
import codecs
import json
import socket
import threading

options = argparse.ArgumentParser()
options.add_argument("-port", type=int, default=2100)
options = options.parse_args()

servers = {}               # policy: the addresses of its servers, whose turn it is first
lock = threading.Lock()    # for the table above


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


def register(message, address):
    policy = str(message["privPolyId"])
    servers.setdefault(policy, []).append((address, int(message["listenport"])))


def next_server(policy):
    in_turn = servers[policy]
    in_turn.append(in_turn.pop(0))
    return in_turn[-1]


def ask(server, question):
    with socket.create_connection(server) as upstream:
        send_message(upstream, question)
        return next(read_messages(upstream))


def serve(connection, address):
    for message in read_messages(connection):
        if int(message["type"]) == 1:
            with lock:
                register(message, address)
        else:
            with lock:
                server = next_server(str(message["privPoliId"]))
            send_message(connection, ask(server, message))
    connection.close()


listener = socket.create_server(("127.0.0.1", options.port))
print(f"Listening on port {options.port}", flush=True)
while True:
    connection, (address, _) = listener.accept()
    threading.Thread(target=serve, args=(connection, address), daemon=True).start()
