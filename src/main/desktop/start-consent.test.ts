import { describe, expect, it } from 'vitest'
import type { ProxyPrograms } from '../../shared/proxy-programs'
import { askedOnce, withConsent } from './start-consent'

const WATCHER = { onLine() {}, onEnd() {} }

function asking(answers: boolean[]) {
  const asked: string[] = []
  const mayStart = askedOnce(async (command, folder) => {
    asked.push(`${command} in ${folder}`)
    return answers.shift() ?? false
  })
  return { asked, mayStart }
}

describe('the start of a program', () => {
  it('is asked for once a command and folder', async () => {
    const { asked, mayStart } = asking([true, true, true])
    const starts = [mayStart('a', '/x'), mayStart('a', '/x'), mayStart('a', '/y')]
    expect(await Promise.all(starts)).toEqual([true, true, true])
    expect(await mayStart('b', '/x')).toBe(true)
    expect(asked).toEqual(['a in /x', 'a in /y', 'b in /x'])
  })

  it('is asked for again after a refusal', async () => {
    const { mayStart } = asking([false, true])
    expect(await mayStart('a', '/x')).toBe(false)
    expect(await mayStart('a', '/x')).toBe(true)
  })

  it('is refused if the dialog fails', async () => {
    const mayStart = askedOnce(() => Promise.reject(new Error('no window')))
    expect(await mayStart('a', '/x')).toBe(false)
  })

  it('in the proxy’s place needs consent, if a person has typed its command', async () => {
    const started: string[] = []
    const programs = {
      async start({ kind }: { kind: string }) {
        started.push(kind)
        return { name: kind, host: '127.0.0.1', port: 1, async stop() {} }
      },
    } as ProxyPrograms
    const guarded = withConsent(programs, async () => false, 'Not allowed.')
    await guarded.start({ kind: 'running', port: 2_100 }, WATCHER)
    const command = 'python3 proxy.py -port {port}'
    const refused = guarded.start({ kind: 'program', command, folder: undefined }, WATCHER)
    await expect(refused).rejects.toThrow('Not allowed.')
    expect(started).toEqual(['running'])
  })
})
