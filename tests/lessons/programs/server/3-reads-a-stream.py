import argparse
import codecs
import hashlib
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-pp", type=int)
options.add_argument("-listen", type=int)
options.add_argument("-revproc", type=int)
options = options.parse_args()


def read_messages(connection):
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
            text = text[end:].lstrip()
            yield message


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
        for question in read_messages(connection):
            connection.sendall(json.dumps(answer_to(question)).encode())
