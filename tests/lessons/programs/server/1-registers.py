import argparse
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-pp", type=int)
options.add_argument("-listen", type=int)
options.add_argument("-revproc", type=int)
options = options.parse_args()

listener = socket.create_server(("127.0.0.1", options.listen))

registration = {"type": 1, "id": options.id, "privPolyId": options.pp, "listenport": options.listen}
with socket.create_connection(("127.0.0.1", options.revproc)) as proxy:
    proxy.sendall(json.dumps(registration).encode())

connection, address = listener.accept()
