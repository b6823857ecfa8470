"""A proxy as students write it: a thread per client, a table behind a lock, a socket per message to the server.

Usage: python3 threaded_proxy.py   (prints the port that it listens on)
"""
import json
import socket
import threading

table = {}  # policy -> [(server id, address, port), ...]
turns = {}  # policy -> index of the server whose turn it is
lock = threading.Lock()


def read_message(connection):
    """Reads until the bytes are a whole JSON object; None at the end."""
    data = b""
    while True:
        part = connection.recv(4096)
        if not part:
            return None, b""
        data += part
        try:
            return json.loads(data), data
        except ValueError:
            continue  # not all there yet


def register(message, address):
    with lock:
        servers = table.setdefault(message["privPolyId"], [])
        servers.append((message["id"], address, message["listenport"]))
    print("Registered server", message["id"], flush=True)


def choose(policy):
    with lock:
        servers = table[policy]
        turn = turns.get(policy, 0)
        turns[policy] = (turn + 1) % len(servers)
        return servers[turn]


def forward(message, data):
    server, address, port = choose(message["privPoliId"])
    with socket.create_connection((address, port)) as upstream:
        upstream.sendall(data)
        return read_message(upstream)[1]


def handle(connection, address):
    with connection:
        try:
            while True:
                message, data = read_message(connection)
                if message is None:
                    return
                if message["type"] == 1:
                    register(message, address[0])
                    return
                connection.sendall(forward(message, data))
        except OSError:
            pass  # the client left


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(1024)
print("Listening on port", listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=handle, args=listener.accept(), daemon=True).start()
