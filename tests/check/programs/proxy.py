"""A proxy that passes the homework check, with a switch for each fault that the check must find.

    python3 proxy.py -port 2100 [-fault NAME]
"""
import argparse
import codecs
import json
import os
import socket
import threading
import time
import traceback

options = argparse.ArgumentParser()
options.add_argument("-port", type=int, default=2100)
options.add_argument("-fault", default="")
options = options.parse_args()
FAULT = options.fault

table = []  # rows: server id, policy, host, port
turns = {}  # policy -> index of the next server
lock = threading.Lock()
forwarding = threading.Lock()
registering = threading.RLock()
asking_server = {}  # server id -> the client that asked last
opened = 0
connected = 0


class Refused(Exception):
    """Becomes an error answer."""


class NoJson(ValueError):
    """These bytes are none of a JSON object."""

    def __init__(self, text):
        super().__init__("The bytes are no JSON object")
        self.text = text


class HungUp(ValueError):
    """The server closed its connection without an answer."""


def end_program():
    traceback.print_exc()
    os._exit(1)


def read_messages(connection, in_pieces=True):
    """Yields each object with its text. TCP is a stream: one may come in pieces, or several at once."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    text = ""
    asked = False
    while True:
        data = connection.recv(65536)
        if not data:
            break
        text += utf8.decode(data)
        while text:
            if not text.startswith("{"):
                raise NoJson(text)
            if len(text) > {"payload-1500": 1024, "payload-200000": 70000}.get(FAULT, 10 ** 9):
                raise Refused("The message is too long")
            try:
                message, end = json.JSONDecoder().raw_decode(text)
            except json.JSONDecodeError:
                if not in_pieces:
                    text = ""
                break  # not all of it is here yet
            yield message, text[:end]
            text = "" if FAULT == "joined-messages" else text[end:].lstrip()
            asked = True
        if asked and FAULT == "second-message":
            return
    if text:
        raise ValueError("The end came within a message")


def policy_of(message):
    return str(message["privPoliId"] if "privPoliId" in message else message["privPolyId"])


def register(message, host):
    row = {"id": str(message["id"]), "policy": policy_of(message), "host": host,
           "port": int(message["listenport"])}
    with lock:
        if FAULT == "newcomer-keeps-turn":
            turns.clear()
        known = [index for index, other in enumerate(table) if other["id"] == row["id"]]
        if known and FAULT != "re-registration":
            table[known[0]] = row
        else:
            table.append(row)
        if FAULT == "registration-order":
            table.sort(key=lambda row: row["id"])
    print("Registered server", row["id"], "for policy", row["policy"])


def choose(policy):
    with lock:
        servers = [row for row in table if row["policy"] == policy]
        if not servers:
            raise Refused("Nobody serves policy " + policy)
        if FAULT == "right-policy":
            servers = table
        key = "all" if FAULT in ("turn-per-policy", "right-policy") else policy
        turn = turns.get(key, 1 if FAULT == "starts-with-the-second" else 0)
        if FAULT == "round-robin":
            turns[key] = (turn + 1) % (2 * len(servers))
            return servers[turn // 2 % len(servers)]
        turns[key] = (turn + 1) % len(servers)
        return servers[turn % len(servers)]


def connect(row):
    """A server may register just before it listens."""
    deadline = time.monotonic() + (0 if FAULT == "late-listener" else 1)
    while True:
        try:
            return socket.create_connection((row["host"], row["port"]), timeout=10)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def forward(row, text):
    """Returns the text of the server's answer."""
    with connect(row) as server:
        server.sendall(text.encode("ascii", "replace") if FAULT == "other-scripts" else text.encode())
        if FAULT == "split-answer":
            answer = server.recv(4096).decode()
            json.loads(answer)
            return answer
        try:
            for message, answer in read_messages(server):
                if FAULT == "asked-once-unchanged":
                    server.sendall(json.dumps(text).encode())
                return answer
        except NoJson as error:
            if FAULT == "server-garbage":
                return error.text
            raise
        raise HungUp("The server hung up")


def answer_question(message, text):
    if FAULT == "no-payloadsize":
        int(message["payloadsize"])
    row = choose(policy_of(message))
    if FAULT == "slow-server":
        with forwarding:
            return row, forward(row, text)
    return row, forward(row, text)


def ask(connection, message, text):
    """Returns the answer for the client, with the connection that it goes to."""
    try:
        client = message["srcid"]
        if FAULT == "right-client":
            with lock:
                asking_server[policy_of(message)] = connection
        row, answer = answer_question(message, text)
        if FAULT == "right-client":
            connection = asking_server[row["policy"]]
        if FAULT == "one-exchange":
            answer = json.dumps(dict(json.loads(answer), destid=0))
        return connection, answer
    except (Refused, OSError, ValueError) as error:
        unanswered = {"nobody-serves": Refused, "server-gone": ConnectionRefusedError, "server-hangs-up": HungUp}
        if isinstance(error, unanswered.get(FAULT, ())):
            raise
        sentence = str(error)
        return connection, json.dumps({"type": 2, "srcid": 0, "destid": client, "payloadsize": len(sentence),
                                       "payload": sentence, "error": {"message": sentence}})


def has_ended(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    finally:
        connection.setblocking(True)


def serve(connection, address):
    for message, text in read_messages(connection, in_pieces=FAULT != "split-message"):
        kind = message["type"]
        if (FAULT == "numbers" and isinstance(kind, int)) or (FAULT == "texts" and isinstance(kind, str)):
            return
        if str(kind) == "1":
            if FAULT == "open-registration":
                registering.acquire()
            register(message, address[0])
        elif str(kind) == "0":
            if FAULT == "open-registration":
                with registering:
                    pass
            receiver, answer = ask(connection, message, text)
            if FAULT == "half-close" and has_ended(connection):
                return
            try:
                receiver.sendall(answer.encode())
            except OSError:
                if FAULT == "client-leaves":
                    end_program()
                return
        else:
            raise ValueError("Unknown type")


def handle(connection, address):
    global connected, opened
    with lock:
        opened += 1
        connected += 1
        is_over = (FAULT == "twenty-at-once" and opened > 10) or (FAULT == "fifty-in-a-row" and connected > 30)
    try:
        with connection:
            if not is_over:
                serve(connection, address)
    except KeyError:
        if FAULT == "missing-fields":
            end_program()
        traceback.print_exc()
    except ConnectionResetError:
        if FAULT == "reset":
            end_program()
    except NoJson:
        if FAULT == "garbage-in":
            end_program()
        traceback.print_exc()
    except (OSError, ValueError, Refused):
        traceback.print_exc()
    finally:
        with lock:
            opened -= 1
        if FAULT == "open-registration":
            try:
                registering.release()
            except RuntimeError:
                pass  # another thread's, or nobody's


listener = socket.create_server(("127.0.0.1", options.port), backlog=128)
while True:
    connection, address = listener.accept()
    if FAULT == "idle-client":
        try:
            connection.recv(1, socket.MSG_PEEK)
        except OSError:
            pass
    threading.Thread(target=handle, args=(connection, address), daemon=True).start()
