import argparse
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-revproc", type=int)
options.add_argument("-pkt")
options = options.parse_args()


def read_message(connection):
    data = b""
    while True:
        data += connection.recv(65536)
        try:
            return json.loads(data)
        except ValueError:
            pass  # not all of it is here yet


with open(options.pkt, encoding="utf-8") as file:
    packet = json.load(file)

payload = packet["payload"].encode()
question = {"type": 0, "srcid": options.id, "privPoliId": packet["privPoliId"],
            "payloadsize": len(payload), "payload": packet["payload"]}

proxy = socket.create_connection(("127.0.0.1", options.revproc))
proxy.sendall(json.dumps(question).encode())
answer = read_message(proxy)
print("Received hash", answer["payload"], "from server", answer["srcid"])
