import net from 'node:net'

const port = Number(process.argv[process.argv.indexOf('-port') + 1])

function serve(connection) {
  connection.on('data', (data) => {
    const message = JSON.parse(data)
    console.log('Received', message)
    connection.end()
  })
}

net.createServer(serve).listen(port, '127.0.0.1')
