import net from 'node:net'

const option = (name) => Number(process.argv[process.argv.indexOf(name) + 1])
const id = option('-id')

const server = net.createServer((connection) => connection.end())

server.listen(option('-listen'), '127.0.0.1', () => {
  const registration = { type: 1, id, privPolyId: option('-pp'), listenport: option('-listen') }
  const proxy = net.connect(option('-revproc'), '127.0.0.1')
  proxy.end(JSON.stringify(registration))
})
