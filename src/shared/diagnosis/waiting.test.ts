import { describe, expect, it } from 'vitest'
import { closedWords, refusalWords, serverWords, silenceWords } from './waiting'

const server = { id: '7', address: '127.0.0.1', port: 5_007, answers: 0, registrationIsOpen: false }

describe('a server that refuses the connection', () => {
  it('may have ended; what the system says comes last', () => {
    expect(refusalWords(server, 'connect ECONNREFUSED 127.0.0.1:5007')).toBe(
      'Server 7 refused the connection on port 5007: is it still running? (connect ECONNREFUSED 127.0.0.1:5007)',
    )
  })

  it('may listen on loopback, if it is on another machine', () => {
    const words = refusalWords({ ...server, address: '10.0.0.5' }, 'ECONNREFUSED')
    expect(words).toContain('does it listen on 10.0.0.5 or 0.0.0.0?')
  })

  it('is running and waits on the connection that it registered on, if that is open', () => {
    const words = refusalWords({ ...server, registrationIsOpen: true }, 'ECONNREFUSED')
    expect(words).toContain('still has the connection open that it registered on')
    expect(words).toContain('A registration gets no answer')
    expect(words).not.toContain('still running')
  })

  it('may have accepted one connection only', () => {
    expect(refusalWords({ ...server, answers: 1 }, 'ECONNREFUSED')).toContain('accept() again')
  })
})

describe('a server that does not answer', () => {
  it('is busy, if messages that it got earlier wait too', () => {
    const words = silenceWords({ ...server, answers: 1, registrationIsOpen: true }, 11)
    expect(words).toContain('busy with 11 messages that came earlier')
    expect(words).not.toContain('accept()')
  })

  it('reads lines or until the end, if that made it answer', () => {
    expect(silenceWords(server, 0, 'newline')).toContain('it seems to read lines')
    expect(silenceWords(server, 0, 'end')).toContain('it seems to read until the end')
  })

  it('may read where it registered, accept once, or never answer', () => {
    expect(silenceWords({ ...server, registrationIsOpen: true }, 0)).toContain('does it wait there')
    expect(silenceWords({ ...server, answers: 1 }, 0)).toContain('accept() again')
    expect(silenceWords(server, 0)).toContain('Does it call accept()')
    expect(silenceWords({ ...server, answers: 5 }, 0)).toBe('Server 7 has not answered in time.')
  })
})

describe('a server that fails', () => {
  it('is named once', () => {
    const words = (what: string) => serverWords('Server 7', what)
    expect(words('The server was removed.')).toBe('Server 7 was removed.')
    expect(words('It sent an answer.')).toBe('Server 7 sent an answer.')
    expect(words('The bytes are not JSON.')).toBe('Server 7: The bytes are not JSON.')
  })

  it('by closing the connection may have ended with an exception', () => {
    expect(closedWords('7')).toBe(
      'Server 7 closed the connection without an answer: did it end with an exception? Look at its terminal.',
    )
  })
})
