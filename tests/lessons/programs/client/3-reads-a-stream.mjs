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

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not all of it is here yet
  }
}

function show(answer) {
  console.log(`Received hash ${answer.payload} from server ${answer.srcid}`)
  process.exit(0)
}
