import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const port = Number(process.argv[process.argv.indexOf('-port') + 1])
const table = [] // a row for each server
const turns = new Map() // policy -> whose turn it is

function policyOf({ privPoliId, privPolyId }) {
  const policy = privPoliId ?? privPolyId
  if (policy === undefined) throw new Error('A message without a policy')
  return String(policy)
}

function register(message, host) {
  const row = {
    id: String(message.id),
    policy: policyOf(message),
    host,
    port: Number(message.listenport),
  }
  const known = table.findIndex((other) => other.id === row.id)
  if (known === -1) table.push(row)
  else table[known] = row
}

function choose(policy) {
  const servers = table.filter((row) => row.policy === policy)
  if (servers.length === 0) throw new Error(`Nobody serves policy ${policy}`)
  const turn = turns.get(policy) ?? 0
  turns.set(policy, (turn + 1) % servers.length)
  return servers[turn]
}

/** Yields each message with its text. */
async function* readMessages(connection) {
  let text = ''
  connection.setEncoding('utf8')
  for await (const piece of connection) {
    text += piece
    for (let end = text.indexOf('}'); end !== -1; end = text.indexOf('}', end + 1)) {
      const message = parsed(text.slice(0, end + 1))
      if (message === undefined) continue // this "}" is not the end of the object
      yield { message, text: text.slice(0, end + 1) }
      text = text.slice(end + 1)
      end = -1
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A server may register just before it listens: a refused connection is tried again for a second. */
async function connect(row) {
  const deadline = Date.now() + 1000
  for (;;) {
    const server = net.connect(row.port, row.host)
    try {
      await once(server, 'connect')
      return server
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(50)
    }
  }
}

async function forward(row, text) {
  const server = await connect(row)
  server.write(text)
  for await (const answer of readMessages(server)) return answer.text
  throw new Error(`Server ${row.id} gave no answer`)
}

async function answerTo(message, text) {
  try {
    return await forward(choose(policyOf(message)), text)
  } catch (error) {
    const sentence = error.message
    return JSON.stringify({
      type: 2,
      srcid: 0,
      destid: message.srcid,
      payloadsize: sentence.length,
      payload: sentence,
      error: { message: sentence },
    })
  }
}

async function serve(connection) {
  for await (const { message, text } of readMessages(connection)) {
    if (String(message.type) === '1') register(message, connection.remoteAddress)
    else if (String(message.type) === '0') connection.write(await answerTo(message, text))
  }
  connection.end()
}

function handle(connection) {
  connection.on('error', (error) => console.error('A connection broke off:', error.message))
  serve(connection).catch((error) => {
    console.error('A connection went wrong:', error.message)
    connection.destroy()
  })
}

net.createServer({ allowHalfOpen: true }, handle).listen(port, '127.0.0.1')
