import net from 'node:net'

const port = Number(process.argv[process.argv.indexOf('-port') + 1])
const table = [] // a row for each server

function register({ id, privPolyId, listenport }, host) {
  table.push({ id, policy: privPolyId, host, port: listenport })
}

function serve(connection) {
  connection.on('data', (data) => {
    const message = JSON.parse(data)
    if (message.type === 1) register(message, connection.remoteAddress)
  })
}

net.createServer(serve).listen(port, '127.0.0.1')
