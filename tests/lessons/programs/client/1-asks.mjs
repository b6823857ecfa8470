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
proxy.on('data', () => process.exit(0))
