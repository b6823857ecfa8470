import { describe, expect, it } from 'vitest'
import { lastException, lastSentence } from './last-words'

const found = (output: string) => lastException(output.split('\n'))

describe('the last exception in the output', () => {
  it('of Python, thrown in a thread', () => {
    const output = `Exception in thread Thread-1 (serve):
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1045, in _bootstrap_inner
    self.run()
  File "/home/someone/reverse_proxy.py", line 41, in serve
    policy = message["privPolyId"]
             ~~~~~~~^^^^^^^^^^^^^^
KeyError: 'privPolyId'
Waiting for a connection`
    expect(found(output)).toEqual({
      text: "KeyError: 'privPolyId'",
      where: 'reverse_proxy.py, line 41, in serve',
    })
  })

  it('of Python, while another was handled: the last', () => {
    const output = `Traceback (most recent call last):
  File "a.py", line 1, in <module>
ValueError: first

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 3, in <module>
OSError: second`
    expect(found(output)).toEqual({ text: 'OSError: second', where: 'a.py, line 3' })
  })

  it('of Python, thrown in a library: where the program called it', () => {
    const output = `Traceback (most recent call last):
  File "/home/someone/client.py", line 38, in ask
    proxy = socket.create_connection(address)
  File "/usr/lib/python3.11/socket.py", line 836, in create_connection
    sock.connect(sa)
ConnectionRefusedError: [Errno 111] Connection refused`
    expect(found(output)?.where).toBe('client.py, line 38, in ask')
  })

  it('of Node', () => {
    const output = `/home/someone/proxy.js:3
    throw new Error()
TypeError [ERR_X]: Cannot read properties of undefined (reading 'port')
    at forward (/home/someone/proxy.js:3:9)
    at Socket.<anonymous> (/home/someone/proxy.js:9:2)`
    expect(found(output)).toEqual({
      text: "TypeError [ERR_X]: Cannot read properties of undefined (reading 'port')",
      where: 'forward (proxy.js:3:9)',
    })
  })

  it('of Java', () => {
    const output = `Exception in thread "main" java.lang.NullPointerException: no policy
\tat Proxy.forward(Proxy.java:41)`
    expect(found(output)).toEqual({
      text: 'java.lang.NullPointerException: no policy',
      where: 'Proxy.forward(Proxy.java:41)',
    })
  })

  it('of Java, thrown in a library: where the program called it', () => {
    const output = `java.net.ConnectException: Connection refused
    at java.base/sun.nio.ch.Net.connect0(Native Method)
    at java.base/java.net.Socket.<init>(Socket.java:287)
    at Proxy.handle(Proxy.java:24)
    at java.base/java.lang.Thread.run(Thread.java:840)`
    expect(found(output)?.where).toBe('Proxy.handle(Proxy.java:24)')
  })

  it('of Node, thrown in a library: where the program called it', () => {
    const output = `Error: listen EADDRINUSE: address already in use :::2100
    at Server.setupListenHandle [as _listen2] (node:net:1908:16)
    at Object.<anonymous> (/home/someone/proxy.js:2:54)
    at node:internal/main/run_main_module:28:49
Emitted 'error' event on Server instance at:`
    expect(found(output)).toEqual({
      text: 'Error: listen EADDRINUSE: address already in use :::2100',
      where: 'Object.<anonymous> (proxy.js:2:54)',
    })
  })

  it('of Python and Node, which cannot read the program: the line', () => {
    const python = `  File "/home/someone/proxy.py", line 4
    s.bind(('', 2100)
          ^
SyntaxError: '(' was never closed`
    const node = `/home/someone/proxy.js:7
foo bar
    ^^^

SyntaxError: Unexpected identifier 'bar'
    at wrapSafe (node:internal/modules/cjs/loader:1464:18)

Node.js v22.0.0`
    expect([python, node].map((output) => found(output)?.where)).toEqual([
      'proxy.py, line 4',
      'proxy.js, line 7',
    ])
  })

  it('of a compiler: its first error', () => {
    const output = `src/Proxy.java:3: error: ';' expected
    int port = 2100
                   ^
src/Proxy.java:9: error: cannot find symbol
2 errors
error: compilation failed`
    expect(found(output)).toEqual({ text: "error: ';' expected", where: 'Proxy.java, line 3' })
  })

  it('of Go', () => {
    expect(found('panic: runtime error: index out of range\n\ngoroutine 1')).toEqual({
      text: 'panic: runtime error: index out of range',
    })
  })

  it('is not there without one', () => {
    expect(found('Error handling is done here\nError: none')).toBeUndefined()
  })
})

describe('the last sentence in the output', () => {
  it('is not of the exception', () => {
    const exception = { text: 'TypeError: port is undefined' }
    const trace = [exception.text, '    at forward (proxy.js:3:9)', '', 'Node.js v22.0.0']
    expect(lastSentence(['Listening', ...trace], exception)).toBeUndefined()
    expect(lastSentence([...trace, 'Goodbye'], exception)).toBe('Goodbye')
    expect(lastSentence(trace.slice(1), exception)).toBeUndefined()
    expect(lastSentence(['Listening', ''])).toBe('Listening')
  })
})
