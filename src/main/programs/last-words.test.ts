import { describe, expect, it } from 'vitest'
import { lastException } from './last-words'

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

  it('of Go', () => {
    expect(found('panic: runtime error: index out of range\n\ngoroutine 1')).toEqual({
      text: 'panic: runtime error: index out of range',
    })
  })

  it('is not there without one', () => {
    expect(found('Error handling is done here\nError: none')).toBeUndefined()
  })
})
