import net from 'node:net'

const port = Number(process.argv[process.argv.indexOf('-port') + 1])
const table = [] // a row for each server
const turns = new Map() // policy -> whose turn it is

function register({ id, privPolyId, listenport }, host) {
  const row = { id, policy: privPolyId, host, port: listenport }
  const known = table.findIndex((other) => other.id === id)
  if (known === -1) table.push(row)
  else table[known] = row
}

function choose(policy) {
  const servers = table.filter((row) => row.policy === policy)
  const turn = turns.get(policy) ?? 0
  turns.set(policy, (turn + 1) % servers.length)
  return servers[turn]
}

function forward(row, data, client) {
  const server = net.connect(row.port, row.host)
  server.write(data)
  server.on('data', (answer) => {
    client.write(answer)
    server.end()
  })
}

function serve(connection) {
  connection.on('data', (data) => {
    const message = JSON.parse(data)
    if (message.type === 1) register(message, connection.remoteAddress)
    else forward(choose(message.privPoliId), data, connection)
  })
}

net.createServer(serve).listen(port, '127.0.0.1')
