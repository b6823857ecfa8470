// A client that joins Roundabout: sends one message through the proxy and checks the answer.
//
//     node client.mjs -id 60 -revproc 2100 -pkt packet.json
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  // The homework's options have one dash; parseArgs wants two.
  args: process.argv.slice(2).map((word) => word.replace(/^-(?=[a-z]{2})/, '--')),
  options: {
    id: { type: 'string', default: '60' },
    revproc: { type: 'string', default: '2100' },
    pkt: { type: 'string' },
  },
})

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

function packetIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return fail(`${file} cannot be read: ${error.message}`)
  }
}

const { privPoliId, payload } =
  options.pkt === undefined ? { privPoliId: 333, payload: 'hello' } : packetIn(options.pkt)

/** The whole answer, or undefined as long as a part of it is missing. */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function judge({ srcid, payload: hash, error }) {
  if (error) fail(`The proxy answered: ${error.message}`)
  const isCorrect = hash === createHash('sha1').update(payload).digest('hex')
  console.log(`Received hash ${hash} from server ${srcid}: ${isCorrect ? 'correct' : 'WRONG'}`)
  process.exit(isCorrect ? 0 : 1)
}

const question = {
  type: 0,
  srcid: Number(options.id),
  privPoliId,
  payloadsize: Buffer.byteLength(payload),
  payload,
}
const proxy = net.connect(Number(options.revproc), '127.0.0.1', () => {
  proxy.write(JSON.stringify(question))
  console.log(`Sent ${JSON.stringify(question)}`)
})
// TCP is a stream: the answer may come in pieces.
let text = ''
proxy.setEncoding('utf8')
proxy.on('data', (piece) => {
  text += piece
  const answer = parsed(text)
  if (answer !== undefined) judge(answer)
})
proxy.on('end', () => fail('The proxy closed the connection without an answer'))
proxy.on('error', ({ message }) => fail(`There is no proxy on port ${options.revproc}: ${message}`))
