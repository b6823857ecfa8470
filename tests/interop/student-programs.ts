// Servers and clients as students write them, in Python, each with one habit that gets it stuck or surprises the proxy.

const COMMON = `
import hashlib, json, socket, sys, time

def register(id, policy, port):
    proxy = socket.create_connection(("127.0.0.1", PROXY_PORT))
    proxy.sendall(json.dumps({"type": 1, "id": id, "privPolyId": policy, "listenport": port}).encode())
    return proxy

def listen(port=0):
    listener = socket.create_server(("127.0.0.1", port))
    return listener, listener.getsockname()[1]

def answer_to(question, id):
    digest = hashlib.sha1(question["payload"].encode()).hexdigest()
    return json.dumps({"type": 2, "srcid": id, "destid": question["srcid"],
                       "payloadsize": 40, "payload": digest}).encode()

def ready():
    print("ready", flush=True)
`

/** Registers, and waits for an acknowledgement on the same connection: it never listens. */
const WAITS_FOR_ACKNOWLEDGEMENT = `
proxy = register(7, 777, 5007)
ready()
proxy.recv(2048)
`

const ACCEPTS_ONCE = `
listener, port = listen()
register(7, 777, port).close()
ready()
connection, _ = listener.accept()
while data := connection.recv(2048):
    connection.sendall(answer_to(json.loads(data), 7))
time.sleep(60)
`

const READS_LINES = `
listener, port = listen()
register(7, 777, port).close()
ready()
while True:
    connection, _ = listener.accept()
    line = connection.makefile().readline()
    connection.sendall(answer_to(json.loads(line), 7))
    connection.close()
`

const READS_UNTIL_THE_END = `
listener, port = listen()
register(7, 777, port).close()
ready()
while True:
    connection, _ = listener.accept()
    text = b""
    while data := connection.recv(2048):
        text += data
    connection.sendall(answer_to(json.loads(text), 7))
    connection.close()
`

/** Sends the question back after its answer, as one program does. */
const WRITES_AGAIN = `
listener, port = listen()
register(7, 777, port).close()
ready()
while True:
    connection, _ = listener.accept()
    question = json.loads(connection.recv(2048))
    connection.sendall(answer_to(question, 7) + json.dumps(question).encode())
    connection.close()
`

/** One thread, and some time for each message. */
const ONE_THREAD = `
listener, port = listen()
register(7, 777, port).close()
ready()
while True:
    connection, _ = listener.accept()
    with connection:
        question = json.loads(connection.recv(2048))
        time.sleep(0.12)
        connection.sendall(answer_to(question, 7))
`

/** The script of the homework: four servers on the ports that it names, and six clients. */
const HOMEWORK = `
import threading

def serve(id, policy, port):
    listener, _ = listen(port)
    register(id, policy, port).close()
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(answer_to(json.loads(connection.recv(2048)), id))

def ask(id, policy):
    with socket.create_connection(("127.0.0.1", PROXY_PORT)) as proxy:
        payload = "xyz%d" % id
        proxy.sendall(json.dumps({"type": 0, "srcid": id, "privPoliId": policy,
                                  "payloadsize": 4, "payload": payload}).encode())
        answer = json.loads(proxy.recv(2048))
        correct = answer["payload"] == hashlib.sha1(payload.encode()).hexdigest()
        print("client", id, "server", answer["srcid"], "correct" if correct else answer, flush=True)

for id, policy, offset in (100, 111, 5), (200, 222, 10), (300, 111, 15), (400, 222, 20):
    threading.Thread(target=serve, args=(id, policy, PROXY_PORT + offset), daemon=True).start()
ready()
sys.stdin.readline()
for id, policy in (1, 111), (2, 111), (3, 222), (4, 111), (5, 222), (6, 222):
    ask(id, policy)
`

const PROGRAMS = {
  ACCEPTS_ONCE,
  HOMEWORK,
  ONE_THREAD,
  READS_LINES,
  READS_UNTIL_THE_END,
  WAITS_FOR_ACKNOWLEDGEMENT,
  WRITES_AGAIN,
}

/** The program as Python source. */
export function studentProgram(name: keyof typeof PROGRAMS, proxyPort: number): string {
  return `PROXY_PORT = ${proxyPort}\n${COMMON}${PROGRAMS[name]}`
}
