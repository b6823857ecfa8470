import argparse
import json
import socket

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-revproc", type=int)
options.add_argument("-pkt")
options = options.parse_args()

with open(options.pkt, encoding="utf-8") as file:
    packet = json.load(file)

payload = packet["payload"].encode()
question = {"type": 0, "srcid": options.id, "privPoliId": packet["privPoliId"],
            "payloadsize": len(payload), "payload": packet["payload"]}

proxy = socket.create_connection(("127.0.0.1", options.revproc))
proxy.sendall(json.dumps(question).encode())
answer = json.loads(proxy.recv(4096))
print("Received hash", answer["payload"], "from server", answer["srcid"])
