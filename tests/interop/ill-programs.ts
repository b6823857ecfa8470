// Programs with one illness each, as small as it can be: for each diagnosis of the socket doctor one in Python or in Node.
// Servers are 7 for policy 777, and say "ready" once they have registered; clients are 50 and ask policy 888, which a
// server of the lab serves.

interface IllProgram {
  readonly role: 'server' | 'client'
  readonly language: 'python' | 'node'
  readonly source: string
  /** Server: how many messages it is sent. */
  readonly messages?: number
  /** Client: the lab stands still until the program has ended. */
  readonly endsFirst?: boolean
  /** Client: it continues when it gets a line, which is sent once its message has come. */
  readonly isTold?: boolean
}

const PYTHON = `
import hashlib, json, socket, struct, sys, time

def connect():
    return socket.create_connection(("127.0.0.1", PROXY_PORT))

def register(port):
    proxy = connect()
    proxy.sendall(json.dumps({"type": 1, "id": 7, "privPolyId": 777, "listenport": port}).encode())
    return proxy

def listen(host="127.0.0.1"):
    listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    return listener, listener.getsockname()[1]

def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]

def ready():
    print("ready", flush=True)

def sha1(text):
    return hashlib.sha1(text.encode()).hexdigest()

def read(connection):
    text = b""
    while True:
        text += connection.recv(4096)
        try: return json.loads(text)
        except ValueError: pass

def answer(question, **other):
    fields = {"type": 2, "srcid": 7, "destid": question["srcid"], "payloadsize": 40, "payload": sha1(question["payload"])}
    return json.dumps({**fields, **other}).encode()

def serve(handle, host="127.0.0.1"):
    listener, port = listen(host)
    register(port).close()
    ready()
    while True:
        connection, _ = listener.accept()
        handle(connection)
        connection.close()

QUESTION = {"type": 0, "srcid": 50, "privPoliId": 888, "payloadsize": 5, "payload": "hello"}

def ask(text, proxy=None):
    proxy = proxy or connect()
    proxy.sendall(text if isinstance(text, bytes) else text.encode())
    proxy.recv(4096)
    proxy.close()
`

const NODE = `
const { createHash } = require('node:crypto')
const net = require('node:net')

function serve(handle) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (bytes) => handle(socket, JSON.parse(bytes)))
  })
  server.listen(0, '127.0.0.1', () => {
    const registration = { type: 1, id: 7, privPolyId: 777, listenport: server.address().port }
    net.connect(PROXY_PORT, '127.0.0.1').end(JSON.stringify(registration)).resume().on('close', () => console.log('ready'))
  })
}

function answer({ srcid, payload }, other) {
  const hash = createHash('sha1').update(payload).digest('hex')
  return JSON.stringify({ type: 2, srcid: 7, destid: srcid, payloadsize: 40, payload: hash, ...other })
}

const QUESTION = { type: 0, srcid: 50, privPoliId: 888, payloadsize: 5, payload: 'hello' }
`

const server = (source: string, more: Partial<IllProgram> = {}): IllProgram => ({
  role: 'server',
  language: 'python',
  source,
  ...more,
})

const client = (source: string, more: Partial<IllProgram> = {}): IllProgram => ({
  ...server(source, more),
  role: 'client',
})

const node = { language: 'node' } as const

export const ILL_PROGRAMS: Readonly<Record<string, IllProgram>> = {
  unreadable: client('ask("hello, proxy")'),
  'no-message': client('ask(json.dumps({"type": 0, "srcid": 50}))'),
  'listens-elsewhere': server(`
listener, port = listen()
proxy = register(free_port())
ready()
listener.accept()`),
  'waits-at-registration': server(`
proxy = register(free_port())
ready()
proxy.recv(4096)`),
  'never-listens': server(`
register(free_port()).close()
ready()
time.sleep(600)`),
  'accepts-once': server(
    `
listener, port = listen()
register(port).close()
ready()
connection, _ = listener.accept()
connection.sendall(answer(read(connection)))
time.sleep(600)`,
    { messages: 2 },
  ),
  'reads-lines': server(`
def handle(connection):
    line = connection.makefile().readline()
    connection.sendall(answer(json.loads(line)))
serve(handle)`),
  'reads-until-end': server(`
def handle(connection):
    text = b""
    while data := connection.recv(4096): text += data
    connection.sendall(answer(json.loads(text)))
serve(handle)`),
  'closes-unread': server('serve(lambda connection: connection.recv(10))'),
  'closes-without-answer': server('serve(read)'),
  'never-answers': server('serve(lambda connection: (read(connection), time.sleep(600)))'),
  'leaves-before-answer': client(
    'for _ in range(10): connect().sendall(json.dumps(QUESTION).encode())',
    {
      endsFirst: true,
    },
  ),
  'breaks-off': client(
    `
const socket = net.connect(PROXY_PORT, '127.0.0.1')
socket.write(JSON.stringify(QUESTION))
process.stdin.once('data', () => { socket.resetAndDestroy(); process.stdin.destroy() })`,
    { ...node, endsFirst: true, isTold: true },
  ),
  'one-hash-object': server(
    `
digest = hashlib.sha1()
def handle(connection):
    question = read(connection)
    digest.update(question["payload"].encode())
    connection.sendall(answer(question, payload=digest.hexdigest()))
serve(handle)`,
    { messages: 3 },
  ),
  'not-a-hash': server(`
def handle(connection):
    question = read(connection)
    connection.sendall(answer(question, payload=question["payload"][::-1], payloadsize=len(question["payload"])))
serve(handle)`),
  'hash-in-capitals': server(`
def handle(connection):
    question = read(connection)
    connection.sendall(answer(question, payload=sha1(question["payload"]).upper()))
serve(handle)`),
  'wrong-hash': server(`
def handle(connection):
    question = read(connection)
    connection.sendall(answer(question, payload=sha1(json.dumps(question["payload"]))))
serve(handle)`),
  'wrong-destid': server(
    'serve((socket, question) => socket.end(answer(question, { destid: 7 })))',
    node,
  ),
  'wrong-srcid': server(
    'serve(lambda connection: connection.sendall(answer(read(connection), srcid=2101)))',
  ),
  'answers-twice': server(
    `serve((socket, question) => {
  socket.setNoDelay(true)
  socket.write(answer(question))
  socket.end(answer(question))
})`,
    node,
  ),
  'repeated-field': client('ask(json.dumps(QUESTION).replace("{", \'{"srcid": 51, \'))'),
  'own-source-port': client(`
port = free_port()
proxy = socket.socket()
proxy.bind(("127.0.0.1", port))
proxy.connect(("127.0.0.1", PROXY_PORT))
ask(json.dumps({**QUESTION, "srcid": port}), proxy)`),
  'other-loopback': server(
    'serve(lambda connection: connection.sendall(answer(read(connection))), "::1")',
  ),
  'writes-in-pieces': client(`
proxy = connect()
for letter in json.dumps(QUESTION):
    proxy.sendall(letter.encode())
    time.sleep(0.02)
proxy.recv(4096)
proxy.close()`),
  'payloadsize-wrong': client('ask(json.dumps({**QUESTION, "payloadsize": 4}))'),
  'payloadsize-missing': client(`
del QUESTION["payloadsize"]
ask(json.dumps(QUESTION))`),
  'policy-key': client(
    `
const { privPoliId: privPolyId, ...others } = QUESTION
const socket = net.connect(PROXY_PORT, '127.0.0.1')
socket.write(JSON.stringify({ ...others, privPolyId }))
socket.once('data', () => socket.end())`,
    node,
  ),
  'numbers-as-texts': client('ask(json.dumps({**QUESTION, "type": "0"}))'),
}

/** Programs without an illness, each with a habit that is no mistake. */
export const HEALTHY_PROGRAMS: Readonly<Record<string, IllProgram>> = {
  'a server that reads in pieces': server(
    `
def handle(connection):
    text = b""
    while not text.endswith(b"}"): text += connection.recv(7)
    connection.sendall(answer(json.loads(text)) + b"\\n")
serve(handle)`,
    { messages: 3 },
  ),
  'a server that keeps the connection that it registered on open': server(
    `
listener, port = listen()
proxy = register(port)
ready()
while True:
    connection, _ = listener.accept()
    connection.sendall(answer(read(connection)))
    connection.recv(1)
    connection.close()`,
    { messages: 2 },
  ),
  'a server that listens only after it has registered': server(`
port = free_port()
register(port).close()
ready()
time.sleep(0.4)
listener = socket.create_server(("127.0.0.1", port))
while True:
    connection, _ = listener.accept()
    connection.sendall(answer(read(connection)))
    connection.close()`),
  'a server in Node that sends a newline after its answer': server(
    "serve((socket, question) => socket.write(answer(question), () => socket.write('\\n')))",
    { ...node, messages: 3 },
  ),
  'a client that ends its own direction first': client(`
proxy = connect()
proxy.sendall(json.dumps(QUESTION).encode())
proxy.shutdown(socket.SHUT_WR)
while proxy.recv(16): pass
proxy.close()`),
  'a client that closes as soon as it has its answer': client(`
for count in range(3): ask(json.dumps(QUESTION, indent=2))`),
  'a client in Node': client(
    `
const socket = net.connect(PROXY_PORT, '127.0.0.1')
socket.end(JSON.stringify(QUESTION))
socket.on('data', () => {})`,
    node,
  ),
}

export function commandOf({ language, source }: IllProgram, proxyPort: number): [string, string[]] {
  return language === 'python'
    ? ['python3', ['-c', `PROXY_PORT = ${proxyPort}\n${PYTHON}\n${source}`]]
    : [process.execPath, ['-e', `const PROXY_PORT = ${proxyPort}\n${NODE}\n${source}`]]
}
