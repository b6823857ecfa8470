"""A server that passes the homework check, with a switch for each fault that the check must find.

    python3 server.py -id 100 -pp 111 -listen 2101 -revproc 2100 [-fault NAME]
"""
import argparse
import codecs
import hashlib
import json
import os
import socket
import threading
import traceback

options = argparse.ArgumentParser()
options.add_argument("-id", type=int)
options.add_argument("-pp", type=int)
options.add_argument("-listen", type=int)
options.add_argument("-revproc", type=int)
options.add_argument("-fault", default="")
options = options.parse_args()
FAULT = options.fault

everything = hashlib.sha1()
answered = 0


def read_questions(connection):
    """Yields each object. TCP is a stream: one may come in pieces, or several at once."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    text = ""
    is_empty = True
    while data := connection.recv(1024 if FAULT == "payload-1500" else 65536):
        text += utf8.decode(data)
        is_empty = False
        while text:
            if not text.startswith("{"):
                raise ValueError("The bytes are no JSON object")
            if len(text) > {"payload-1500": 1024, "payload-200000": 70000}.get(FAULT, 10 ** 9):
                return
            try:
                message, end = json.JSONDecoder().raw_decode(text)
            except json.JSONDecodeError:
                if FAULT == "split-question":
                    return
                break  # not all of it is here yet
            yield message
            text = text[end:].lstrip()
            if FAULT == "two-questions":
                return
    if FAULT == "empty-connection" and is_empty:
        json.loads(text)


def hash_of(payload):
    data = payload.encode("ascii", "replace") if FAULT == "other-scripts" else payload.encode()
    if FAULT == "fresh-hash":
        everything.update(data)
        return everything.hexdigest()
    return hashlib.sha1(data).hexdigest()


def register():
    policy, port = options.pp, options.listen
    with socket.create_connection(("127.0.0.1", options.revproc)) as proxy:
        fields = {"type": 1, "id": options.id, "privPolyId": policy + (FAULT == "registration-fields"),
                  "listenport": port}
        proxy.sendall(b"Hello" if FAULT == "registers" else json.dumps(fields).encode())
        if FAULT == "waits-for-the-end":
            proxy.shutdown(socket.SHUT_WR)
        if FAULT in ("waits-for-the-end", "waits-for-an-answer"):
            proxy.recv(1024)


def has_ended(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    finally:
        connection.setblocking(True)


def serve(connection):
    global answered
    if FAULT == "five-at-once":  # so long that others come meanwhile
        threading.Event().wait(0.1)
    for question in read_questions(connection):
        kind = question["type"]
        if (FAULT == "numbers" and isinstance(kind, int)) or (FAULT == "texts" and isinstance(kind, str)):
            return
        if FAULT == "half-close":
            threading.Event().wait(0.05)
            if has_ended(connection):
                return
        digest = hash_of(question["payload"])
        if FAULT == "one-answer":
            digest = digest.upper()
        size = int(question["payloadsize"]) if FAULT == "no-payloadsize" else len(digest)
        answer = {"type": 2, "srcid": options.listen if FAULT == "answer-fields" else options.id,
                  "destid": question["srcid"], "payloadsize": len(digest) if size else 0, "payload": digest}
        connection.sendall(json.dumps(answer).encode())
        answered += 1
        if FAULT == "nothing-after":
            connection.sendall(json.dumps(question).encode())
        if FAULT == "registers-once":
            register()
        if FAULT == "fifty-in-a-row" and answered == 30:
            os._exit(0)


def end_program(faults):
    if FAULT in faults:
        traceback.print_exc()
        os._exit(1)


def handle(connection):
    try:
        with connection:
            serve(connection)
    except json.JSONDecodeError:
        end_program(["empty-connection"])
    except KeyError:
        end_program(["missing-fields"])
    except ConnectionResetError:
        end_program(["reset"])
    except ValueError:
        end_program(["garbage-in"])


if FAULT == "waits-for-an-answer":
    register()
listener = socket.create_server(("127.0.0.1", options.listen), backlog=1 if FAULT == "serial" else 64)
if FAULT != "waits-for-an-answer":
    register()
open_connections = []
while True:
    connection, _ = listener.accept()
    open_connections = [one for one in open_connections if one.fileno() != -1]
    if FAULT == "five-at-once" and len(open_connections) >= 2:
        connection.close()
        continue
    if FAULT == "serial":
        handle(connection)
        continue
    open_connections.append(connection)
    threading.Thread(target=handle, args=(connection,), daemon=True).start()
