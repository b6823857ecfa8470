import { createHash } from 'node:crypto'
import net from 'node:net'

const option = (name) => Number(process.argv[process.argv.indexOf(name) + 1])
const id = option('-id')

function takeMessage(text) {
  for (let end = text.indexOf('}'); end !== -1; end = text.indexOf('}', end + 1)) {
    try {
      return { message: JSON.parse(text.slice(0, end + 1)), rest: text.slice(end + 1) }
    } catch {
      // this "}" is not the end of the object
    }
  }
  return undefined // not all of it is here yet
}

function answerTo({ srcid, payload }) {
  const hash = createHash('sha1').update(payload).digest('hex')
  return { type: 2, srcid: id, destid: srcid, payloadsize: hash.length, payload: hash }
}

const server = net.createServer((connection) => {
  let text = ''
  connection.setEncoding('utf8')
  connection.on('data', (piece) => {
    text += piece
    for (let taken = takeMessage(text); taken; taken = takeMessage(text)) {
      text = taken.rest
      connection.write(JSON.stringify(answerTo(taken.message)))
    }
  })
})

server.listen(option('-listen'), '127.0.0.1', () => {
  const registration = { type: 1, id, privPolyId: option('-pp'), listenport: option('-listen') }
  const proxy = net.connect(option('-revproc'), '127.0.0.1')
  proxy.end(JSON.stringify(registration))
})
