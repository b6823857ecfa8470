// A Docker Compose file, written and not run: the exported HAProxy before a small server in Python for each row.

import { line, written } from './fragment'
import { haproxyFile } from './haproxy'
import { inComment, safeNames } from './names'
import type { ExportSetup } from './setup'

/** The port of each server in its own container. */
const SERVER_PORT = 9_000
/** Where Docker looks up the names of its containers. */
const DOCKER_DNS = '127.0.0.11:53'

/** The same pools, whose servers are containers, and the proxy that listens for all of them. */
function inContainers(setup: ExportSetup): ExportSetup {
  const names = serviceNames(setup)
  return {
    ...setup,
    host: '0.0.0.0',
    pools: setup.pools.map((pool) => ({
      ...pool,
      servers: pool.servers.map((server) => ({
        ...server,
        host: names.get(server.id) ?? '',
        port: SERVER_PORT,
      })),
    })),
  }
}

export function composeHaproxy(setup: ExportSetup, head: readonly string[]): string {
  return haproxyFile(inContainers(setup), head, { nameserver: DOCKER_DNS })
}

export function composeFile(setup: ExportSetup, head: readonly string[]): string {
  const { port, pools } = setup
  const names = serviceNames(setup)
  const servers = pools.flatMap(({ policy, servers: ofPolicy }) =>
    ofPolicy.flatMap(({ id }) =>
      written(
        [
          line(`${names.get(id)}:`, `server ${inComment(id)} of policy ${inComment(policy)}`),
          line('  image: python:3-alpine', 'the server needs nothing but Python'),
          line(`  command: ${commandOf(id)}`, 'its id, and where it listens'),
          line('  volumes: ["./server.py:/server.py:ro"]', 'the file beside this one'),
          line('  init: true', 'ends at once when it is told to'),
        ],
        '  ',
      ),
    ),
  )
  const proxy = [
    line('proxy:', 'the exported HAProxy'),
    line('  image: haproxy:2.6', 'the version that the configuration was tested with'),
    line(`  ports: ["127.0.0.1:${port}:${port}"]`, 'reached from this machine alone'),
    line(
      '  volumes: ["./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro"]',
      'the file beside this one',
    ),
    line(`  depends_on: [${[...names.values()].join(', ')}]`, 'servers first'),
  ]
  return `${[...head, '', 'services:', ...written(proxy, '  '), ...servers].join('\n')}\n`
}

/** As a list in YAML, which JSON is too. Compose would take `$` for the beginning of a variable. */
function commandOf(id: string): string {
  const words = ['python3', '/server.py', id, String(SERVER_PORT)]
  return JSON.stringify(words).replaceAll('$', '$$$$')
}

function serviceNames({ pools }: ExportSetup): ReadonlyMap<string, string> {
  return safeNames(
    'server-',
    pools.flatMap(({ servers }) => servers.map(({ id }) => id)),
  )
}

/** A server that does not register: a real proxy knows it from its file. */
export const SERVER_PROGRAM = `"""A server behind a real proxy: answers each message with the SHA-1 of its payload. It does not register.

    python3 server.py ID PORT
"""
import codecs
import hashlib
import json
import socketserver
import sys

ID, PORT = sys.argv[1], int(sys.argv[2])


class Connection(socketserver.BaseRequestHandler):
    def handle(self):
        utf8 = codecs.getincrementaldecoder("utf-8")()
        text = ""
        # A real proxy keeps the connection as long as its client does: many messages may come.
        while data := self.request.recv(65536):
            text += utf8.decode(data)
            while text:
                try:
                    question, end = json.JSONDecoder().raw_decode(text)
                except json.JSONDecodeError:
                    break  # not all of it is here yet
                text = text[end:].lstrip()
                digest = hashlib.sha1(question["payload"].encode()).hexdigest()
                answer = {"type": 2, "srcid": int(ID) if ID.isdecimal() else ID, "destid": question["srcid"],
                          "payloadsize": len(digest), "payload": digest}
                self.request.sendall(json.dumps(answer).encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server(("0.0.0.0", PORT), Connection)
print(f"Server {ID} listens on port {PORT}", flush=True)
server.serve_forever()
`
