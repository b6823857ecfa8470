import { describe, expect, it } from 'vitest'
import { commandFault, commandWords, filledIn } from './program-command'

describe('the words of a command', () => {
  it.each([
    ['python3 proxy.py -port {port}', ['python3', 'proxy.py', '-port', '{port}']],
    ['  java   -cp "my classes" Proxy', ['java', '-cp', 'my classes', 'Proxy']],
    [`node -e 'a "b" c'`, ['node', '-e', 'a "b" c']],
    ['C:\\py\\python.exe a.py', ['C:\\py\\python.exe', 'a.py']],
    ['run ""', ['run', '']],
  ])('%s', (command, words) => {
    expect(commandWords(command)).toEqual(words)
  })

  it('are not there if a quote is left open', () => {
    expect(commandWords('python3 "a.py')).toBeUndefined()
  })

  it('get what their places stand for', () => {
    const words = ['{dir}/a.py', '-port', '{port}', '{other}']
    expect(filledIn(words, { dir: '/x', port: 2100 })).toEqual([
      '/x/a.py',
      '-port',
      '2100',
      '{other}',
    ])
  })
})

describe('a command is refused in a sentence', () => {
  it.each([
    ['proxy', 'python3 "a.py', 'The command has a quote that is not closed.'],
    ['proxy', ' ', 'The command is empty.'],
    ['proxy', 'a', 'The command needs {port}: the port that the proxy listens on goes there.'],
    ['server', 'a {listen}', 'The command needs {revproc}: the port of the proxy goes there.'],
    ['proxy', 'a {prot}', 'The command of a proxy has no {prot}; it can have {port} and {dir}.'],
  ] as const)('%s: %s', (kind, command, sentence) => {
    expect(commandFault(command, kind)).toBe(sentence)
  })

  it('and not if it has what it needs', () => {
    expect(commandFault('a -port {port}', 'proxy')).toBeUndefined()
  })
})
