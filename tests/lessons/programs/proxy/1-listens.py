import argparse
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-port", type=int)
options = options.parse_args()


def serve(connection, host):
    data = connection.recv(65536)
    message = json.loads(data)
    print("Received", message, flush=True)


listener = socket.create_server(("127.0.0.1", options.port))
while True:
    connection, address = listener.accept()
    with connection:
        serve(connection, address[0])
