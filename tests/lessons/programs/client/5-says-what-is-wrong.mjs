import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import net from 'node:net'

const option = (name) => process.argv[process.argv.indexOf(name) + 1]
const { privPoliId, payload } = JSON.parse(readFileSync(option('-pkt'), 'utf8'))
const question = {
  type: 0,
  srcid: Number(option('-id')),
  privPoliId,
  payloadsize: Buffer.byteLength(payload),
  payload,
}

const proxy = net.connect(Number(option('-revproc')), '127.0.0.1')
proxy.write(JSON.stringify(question))
let text = ''
proxy.setEncoding('utf8')
proxy.on('data', (piece) => {
  text += piece
  const answer = parsed(text)
  if (answer !== undefined) show(answer)
})
proxy.on('end', () => fail('The proxy closed the connection without an answer'))
proxy.on('error', (error) => fail(`There is no proxy to talk to: ${error.message}`))

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not all of it is here yet
  }
}

function show({ srcid, payload: hash, error }) {
  if (error !== undefined) fail(`The proxy answered: ${error.message}`)
  const isCorrect = hash === createHash('sha1').update(payload).digest('hex')
  console.log(
    `Received hash ${hash} from server ${srcid}, which is ${isCorrect ? 'correct' : 'WRONG'}`,
  )
  process.exit(isCorrect ? 0 : 1)
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
