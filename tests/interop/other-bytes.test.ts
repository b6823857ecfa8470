// What Python programs really send instead of a message, at the proxy over a real socket: each gets one answer that names
// it with its remedy, and the end of the connection. The bytes are made by Python’s own libraries.
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { isOutsideNode } from '../../src/shared/filter/nodes'
import { readBytes } from '../../src/shared/protocol/reading'
import { Program } from './program'

const hasPython = spawnSync('python3', ['--version']).status === 0

/** Each sample by name, and what its answer says. */
const SAID: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5].map((version) => [`pickle ${version}`, /pickle.*json\.dumps/]),
  ),
  marshal: /Python’s marshal/,
  'str(dict)': /single quotes.*json\.dumps/,
  'str(bytes)': /Python’s b'…'/,
  'json twice': /Encode it once/,
  'an object': /an object of Python as it prints/,
  tuple: /a tuple as Python prints it/,
  'list of messages': /stands in an array/,
  urlencode: /urlencoded/,
  quote: /percent-encoded/,
  base64: /base64/,
  hex: /hex digits/,
  gzip: /gzip/,
  zlib: /zlib/,
  bz2: /compressed/,
  lzma: /compressed/,
  'plist binary': /property list/,
  xml: /XML/,
  csv: /values between commas/,
  struct: /numbers of a fixed size/,
  'utf-16': /UTF-16/,
  'utf-16-le': /UTF-16/,
  'utf-16-be': /UTF-16/,
  'utf-32': /UTF-32/,
  'latin-1': /byte \d+ \(fc\), near .*in Latin-1 it is "ü"/,
  'cp500 (EBCDIC)': /EBCDIC/,
  '>I': /length prefix.*big-endian/,
  '<I': /length prefix.*little-endian/,
  '>Q': /length prefix.*8 bytes, big-endian/,
  '<Q': /length prefix.*8 bytes, little-endian/,
  '>H': /length prefix.*2 bytes, big-endian/,
  'decimal header': /padded with spaces/,
  netstring: /netstring/,
  'Content-Length': /Header lines/,
  NaN: /NaN or infinity/,
  'http.client': /^HTTP\/1\.1 400 .*an HTTP request/s,
  ssl: /^TLS: .*alert/i,
}

describe.skipIf(!hasPython)('bytes of Python programs that are no message', () => {
  let engine: Engine
  let program: Program

  beforeAll(async () => {
    engine = await createEngine({ proxyPort: 0, latencyMs: 0 })
    program = new Program('python3', ['-u', '-c', SENDER, String(engine.proxy.port)])
    expect(await program.ended()).toBe(0)
  })

  afterAll(async () => {
    await program.stop()
    await engine.close()
  })

  const lines = () => new Map(program.lines.map((line): [string, string] => JSON.parse(line)))

  it.each(Object.entries(SAID))('%s', (name, words) => {
    expect(lines().get(name)).toMatch(words)
  })

  it('are all of them tested, and the last message, with NUL bytes as from C, is answered once', () => {
    const { 'NUL after each message': nul, ...others } = Object.fromEntries(lines())
    expect(Object.keys(others).sort()).toEqual(Object.keys(SAID).sort())
    expect(nul).toMatch(/^No server is registered for policy nobody\.$/)
    const logs = [...engine.state.logs.values()].flat().map(({ text }) => text)
    expect(logs.filter((text) => text.includes('A NUL byte follows'))).toHaveLength(1)
  })

  it('register nobody, and look in the inspector as the answer says', () => {
    expect(engine.state.rows.has('66')).toBe(false)
    const { packets } = engine.state
    const said = new Set(lines().values())
    for (let index = packets.first; index < packets.end; index++) {
      const packet = packets.at(index)
      if (packet?.kind !== 'error' || !isOutsideNode(packet.from)) continue
      const reading = readBytes(packet.bytes)
      if (reading.kind !== 'unreadable') throw new Error('A message was taken for a fault.')
      const isSaid = [...said].some((words) => words.includes(reading.problem))
      // A TLS alert has no room for words.
      expect(isSaid || reading.problem.includes('TLS')).toBe(true)
    }
  })
})

/** Sends each sample on a connection of its own, and prints its name and the answer as JSON. */
const SENDER = `
import base64, binascii, bz2, csv, gzip, http.client, io, json, lzma, marshal, pickle, plistlib, socket, ssl, struct, sys, urllib.parse, zlib

port = int(sys.argv[1])
registration = {"type": 1, "id": 66, "privPolyId": 111, "listenport": 4444}
text = json.dumps(registration)
utf8 = text.encode()

class Message:
    pass

def row():
    out = io.StringIO()
    csv.writer(out).writerow([1, 66, 111, 4444])
    return out.getvalue().encode()

samples = {
    **{f"pickle {version}": pickle.dumps(registration, version) for version in range(6)},
    "marshal": marshal.dumps(registration),
    "str(dict)": str(registration).encode(),
    "str(bytes)": str(utf8).encode(),
    "json twice": json.dumps(text).encode(),
    "an object": str(Message()).encode(),
    "tuple": str((1, 66, 111, 4444)).encode(),
    "list of messages": json.dumps([registration]).encode(),
    "urlencode": urllib.parse.urlencode(registration).encode(),
    "quote": urllib.parse.quote(text).encode(),
    "base64": base64.b64encode(utf8),
    "hex": binascii.hexlify(utf8),
    "gzip": gzip.compress(utf8),
    "zlib": zlib.compress(utf8),
    "bz2": bz2.compress(utf8),
    "lzma": lzma.compress(utf8),
    "plist binary": plistlib.dumps(registration, fmt=plistlib.FMT_BINARY),
    "xml": plistlib.dumps(registration),
    "csv": row(),
    "struct": struct.pack("!IIII", 1, 66, 111, 4444),
    "utf-16": text.encode("utf-16"),
    "utf-16-le": text.encode("utf-16-le"),
    "utf-16-be": text.encode("utf-16-be"),
    "utf-32": text.encode("utf-32"),
    "latin-1": json.dumps({**registration, "name": "Müller"}, ensure_ascii=False).encode("latin-1"),
    "cp500 (EBCDIC)": text.encode("cp500"),
    **{kind: struct.pack(kind, len(utf8)) + utf8 for kind in [">I", "<I", ">Q", "<Q", ">H"]},
    "decimal header": f"{len(utf8):<10}".encode() + utf8,
    "netstring": f"{len(utf8)}:".encode() + utf8 + b",",
    "Content-Length": f"Content-Length: {len(utf8)}\\r\\n\\r\\n".encode() + utf8,
    "NaN": json.dumps({**registration, "load": float("nan")}).encode(),
    "NUL after each message": json.dumps({"type": 0, "srcid": 1, "privPoliId": "nobody", "payload": "x"}).encode() + b"\\0",
}

def tell(name, answer):
    print(json.dumps([name, answer]))

for name, sample in samples.items():
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sample)
        if name.startswith("NUL"):
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(1024):
            answer += part
    tell(name, json.loads(answer)["payload"])

web = http.client.HTTPConnection("127.0.0.1", port)
web.request("POST", "/", text, {"Content-Type": "text/plain"})
answer = web.getresponse()
tell("http.client", f"HTTP/1.1 {answer.status} {answer.reason} {answer.read().decode()}")

context = ssl.create_default_context()
try:
    context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="localhost")
except ssl.SSLError as error:
    tell("ssl", f"TLS: {error}")
`
