import argparse
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-port", type=int)
options = options.parse_args()

table = []  # a row for each server
turns = {}  # policy -> whose turn it is


def register(message, host):
    row = {"id": message["id"], "policy": message["privPolyId"],
           "host": host, "port": message["listenport"]}
    for known in table:
        if known["id"] == row["id"]:
            known.update(row)
            return
    table.append(row)


def choose(policy):
    servers = [row for row in table if row["policy"] == policy]
    turn = turns.get(policy, 0)
    turns[policy] = (turn + 1) % len(servers)
    return servers[turn]


def forward(row, data):
    with socket.create_connection((row["host"], row["port"])) as server:
        server.sendall(data)
        return server.recv(65536)


def serve(connection, host):
    data = connection.recv(65536)
    message = json.loads(data)
    if message["type"] == 1:
        register(message, host)
    else:
        row = choose(message["privPoliId"])
        connection.sendall(forward(row, data))


listener = socket.create_server(("127.0.0.1", options.port))
while True:
    connection, address = listener.accept()
    with connection:
        serve(connection, address[0])
