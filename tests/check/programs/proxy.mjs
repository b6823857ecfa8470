// A proxy in Node that passes the homework check: `node proxy.mjs -port 2100`; with `-6` on the loopback address of IPv6.
import { connect, createServer } from 'node:net'

const port = Number(process.argv[process.argv.indexOf('-port') + 1])
const host = process.argv.includes('-6') ? '::1' : '127.0.0.1'
const RETRY_FOR_MS = 1_000
const table = new Map()
const turns = new Map()

createServer({ allowHalfOpen: true }, (client) => {
  let inOrder = Promise.resolve()
  client.on('error', () => {})
  readObjects(client, {
    object(text) {
      inOrder = inOrder.then(async () => {
        const answer = await reply(text, client.remoteAddress)
        if (answer !== undefined) client.write(answer)
      })
    },
    end(rest) {
      if (rest !== '') client.write(refusal(0, 'The bytes are no JSON object'))
      inOrder.then(() => client.end())
    },
  })
}).listen(port, host)

async function reply(text, host) {
  const message = JSON.parse(text)
  const policy = String(message.privPoliId ?? message.privPolyId)
  switch (String(message.type)) {
    case '1':
      table.set(String(message.id), { policy, host, port: Number(message.listenport) })
      return undefined
    case '0': {
      const servers = [...table.values()].filter((row) => row.policy === policy)
      if (servers.length === 0) return refusal(message.srcid, `Nobody serves policy ${policy}`)
      const turn = (turns.get(policy) ?? 0) % servers.length
      turns.set(policy, (turn + 1) % servers.length)
      try {
        return await forwarded(servers[turn], text)
      } catch (error) {
        return refusal(message.srcid ?? 0, error.message)
      }
    }
    default:
      return refusal(message.srcid ?? 0, 'The type is none of 0, 1 and 2')
  }
}

async function forwarded(server, text) {
  const socket = await dialled(server)
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject)
      readObjects(socket, {
        object: resolve,
        end: () => reject(new Error('The server sent no answer')),
      })
      socket.write(text)
    })
  } finally {
    socket.destroy()
  }
}

/** A server may register just before it listens. */
async function dialled(server) {
  const deadline = Date.now() + RETRY_FOR_MS
  for (;;) {
    try {
      return await new Promise((resolve, reject) => {
        const socket = connect(server.port, server.host, () => resolve(socket))
        socket.once('error', reject)
      })
    } catch (error) {
      if (error.code !== 'ECONNREFUSED' || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Calls `object` with the text of each JSON object, and `end` with what is left. */
function readObjects(socket, { object, end }) {
  let text = ''
  let isOver = false
  const over = () => {
    if (!isOver) end(text)
    isOver = true
  }
  socket.setEncoding('utf8')
  socket.on('data', (piece) => {
    text = (text + piece).trimStart()
    if (text !== '' && !text.startsWith('{')) return over()
    for (let length = objectLength(text); length > 0; length = objectLength(text)) {
      object(text.slice(0, length))
      text = text.slice(length).trimStart()
    }
  })
  socket.on('end', over)
}

/** Characters of the object that the text begins with; 0: it is not whole. */
function objectLength(text) {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inText) {
      if (character === '\\') at++
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
  }
  return 0
}

function refusal(destid, payload) {
  const payloadsize = Buffer.byteLength(payload)
  return JSON.stringify({
    type: 2,
    srcid: 0,
    destid,
    payloadsize,
    payload,
    error: { message: payload },
  })
}
