// The pool of the proxy benchmark, in a process of its own: four servers that answer with the payload's SHA-1,
// any number of messages per connection, and register with all given proxies.
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { answerTo, MESSAGE_BYTES, registrationOf, SERVERS } from './messages'

const ports: number[] = []
for (const id of SERVERS) ports.push(await listen(id))
process.send?.(ports)

process.on('message', (proxyPort: number) => void registerAll(proxyPort))
process.on('disconnect', () => process.exit())

async function listen(id: number): Promise<number> {
  const server = net.createServer({ noDelay: true }, (socket) => serve(socket, id))
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function serve(socket: net.Socket, id: number): void {
  let rest: Buffer | undefined
  socket.on('data', (read: Buffer) => {
    const bytes = rest === undefined ? read : Buffer.concat([rest, read])
    let answers = ''
    let offset = 0
    for (; offset + MESSAGE_BYTES <= bytes.length; offset += MESSAGE_BYTES) {
      answers += answerTo(bytes, offset, id)
    }
    rest = offset < bytes.length ? bytes.subarray(offset) : undefined
    if (answers !== '') socket.write(answers, 'latin1')
  })
  // A proxy that is done may break off: that is no fault.
  socket.on('error', () => socket.destroy())
}

/** One after the other, as a student would start them. */
async function registerAll(proxyPort: number): Promise<void> {
  for (const [index, id] of SERVERS.entries()) {
    const socket = net.connect(proxyPort, '127.0.0.1')
    socket.resume().end(registrationOf(id, ports[index] ?? 0))
    await once(socket, 'close')
  }
}
