import argparse
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-port", type=int)
options = options.parse_args()

table = []  # a row for each server


def register(message, host):
    table.append({"id": message["id"], "policy": message["privPolyId"],
                  "host": host, "port": message["listenport"]})


def serve(connection, host):
    data = connection.recv(65536)
    message = json.loads(data)
    if message["type"] == 1:
        register(message, host)


listener = socket.create_server(("127.0.0.1", options.port))
while True:
    connection, address = listener.accept()
    with connection:
        serve(connection, address[0])
