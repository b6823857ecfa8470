// A server that joins Roundabout: registers with the proxy, then answers each message with its SHA-1.
//
//     node server.mjs -id 600 -pp 333 -listen 2106 -revproc 2100
import { createHash } from 'node:crypto'
import net from 'node:net'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  // The homework's options have one dash; parseArgs wants two.
  args: process.argv.slice(2).map((word) => word.replace(/^-(?=[a-z]{2})/, '--')),
  options: {
    id: { type: 'string', default: '600' },
    pp: { type: 'string', default: '333' },
    listen: { type: 'string', default: '0' },
    revproc: { type: 'string', default: '2100' },
  },
})
const id = Number(options.id)
const policy = Number(options.pp)

/** Takes the first JSON object from the text: it ends at the first "}" that makes the text JSON. */
function takeMessage(text) {
  for (let end = text.indexOf('}'); end !== -1; end = text.indexOf('}', end + 1)) {
    try {
      return { message: JSON.parse(text.slice(0, end + 1)), rest: text.slice(end + 1) }
    } catch {
      // This "}" is not the end of the object: look for the next one.
    }
  }
  return undefined // not all of it is here yet
}

function answerTo({ srcid, payload }) {
  const hash = createHash('sha1').update(payload).digest('hex')
  return { type: 2, srcid: id, destid: srcid, payloadsize: hash.length, payload: hash }
}

const server = net.createServer((connection) => {
  // TCP is a stream: a message may come in pieces, or several at once.
  let text = ''
  connection.setEncoding('utf8')
  connection.on('data', (piece) => {
    text += piece
    for (let taken = takeMessage(text); taken; taken = takeMessage(text)) {
      text = taken.rest
      const { srcid, payload } = taken.message
      if (typeof payload !== 'string') return connection.destroy() // and the next one is served
      console.log(`Received a data message from client ${srcid} payload: ${payload}`)
      connection.write(JSON.stringify(answerTo(taken.message)))
    }
  })
  connection.on('error', (error) => console.error(error.message))
})

// Listen first (0: on any free port): the proxy may send a message as soon as it knows of us.
server.listen(Number(options.listen), '127.0.0.1', () => {
  const { port } = server.address()
  const registration = { type: 1, id, privPolyId: policy, listenport: port }
  const proxy = net.connect(Number(options.revproc), '127.0.0.1')
  proxy.end(JSON.stringify(registration))
  proxy.on('close', () => console.log(`Server ${id} serves policy ${policy} on port ${port}`))
  proxy.resume()
})
