// Loaded into the app's own process (`--require`) by tests: runs there what comes on the pipe that the environment names.
const { createServer } = require('node:net')
const { runInThisContext } = require('node:vm')

createServer((socket) => {
  socket.on('data', (code) => runInThisContext(code.toString()))
})
  .listen(process.env.WAY_IN)
  .unref()
