import { createHash } from 'node:crypto'
import net from 'node:net'

const option = (name) => Number(process.argv[process.argv.indexOf(name) + 1])
const id = option('-id')

function answerTo({ srcid, payload }) {
  const hash = createHash('sha1').update(payload).digest('hex')
  return { type: 2, srcid: id, destid: srcid, payloadsize: hash.length, payload: hash }
}

const server = net.createServer((connection) => {
  connection.on('data', (data) => {
    const question = JSON.parse(data)
    connection.write(JSON.stringify(answerTo(question)))
  })
})

server.listen(option('-listen'), '127.0.0.1', () => {
  const registration = { type: 1, id, privPolyId: option('-pp'), listenport: option('-listen') }
  const proxy = net.connect(option('-revproc'), '127.0.0.1')
  proxy.end(JSON.stringify(registration))
})
