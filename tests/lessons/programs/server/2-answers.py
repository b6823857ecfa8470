import argparse
import hashlib
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-pp", type=int)
options.add_argument("-listen", type=int)
options.add_argument("-revproc", type=int)
options = options.parse_args()


def answer_to(question):
    digest = hashlib.sha1(question["payload"].encode()).hexdigest()
    return {"type": 2, "srcid": options.id, "destid": question["srcid"],
            "payloadsize": len(digest), "payload": digest}


listener = socket.create_server(("127.0.0.1", options.listen))

registration = {"type": 1, "id": options.id, "privPolyId": options.pp, "listenport": options.listen}
with socket.create_connection(("127.0.0.1", options.revproc)) as proxy:
    proxy.sendall(json.dumps(registration).encode())

while True:
    connection, address = listener.accept()
    with connection:
        question = json.loads(connection.recv(4096))
        connection.sendall(json.dumps(answer_to(question)).encode())
