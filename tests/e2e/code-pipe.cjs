// Loaded into the app's own process (`--require`) by tests: runs the code that arrives on the pipe named in the environment.
const { createServer } = require('node:net')
const { runInThisContext } = require('node:vm')

createServer((socket) => {
  socket.on('data', (code) => runInThisContext(code.toString()))
})
  .listen(process.env.CODE_PIPE)
  .unref()
