// The headless host at the terminal: what it prints, how it ends, and that nothing stays behind.
import { describe, expect, it } from 'vitest'
import { appTest } from './app'
import { isOpen, start, takePort } from './programs'

const test = appTest({ latencyMs: 0 })
const host = (...args: string[]) => start(process.execPath, ['out/main/headless.cjs', ...args])

describe('the headless host', () => {
  it('prints exactly two lines, and a signal closes everything and ends it with code 0', async () => {
    const { child, written, ended } = host('--proxy-port', '0', '--no-open')
    await expect.poll(() => written.out, { timeout: 20_000 }).toMatch(/Proxy: .*\n/)
    const lines =
      /^Roundabout: http:\/\/127\.0\.0\.1:(\d+)\/\?token=[0-9a-f]{32,}\nProxy: 127\.0\.0\.1:(\d+)\n$/
    expect(written.out).toMatch(lines)
    const [, webPort, proxyPort] = written.out.match(lines) ?? []
    expect(await isOpen(Number(proxyPort))).toBe(true)

    // Ctrl+C reaches it from the terminal and from npm.
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, err: '' })
    expect(await isOpen(Number(webPort))).toBe(false)
    expect(await isOpen(Number(proxyPort))).toBe(false)
  })

  it.each(['--port', '--proxy-port'])('says so when the port of %s is taken', async (option) => {
    const port = await takePort()
    const others = option === '--port' ? ['--proxy-port', '0'] : []
    const { code, out, err } = await host(option, String(port), '--no-open', ...others).ended
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`Port ${port} is in use`)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names an option that it does not know', async () => {
    const { code, err } = await host('--prot', '1').ended
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('"--prot"') })
  })

  test('serves several windows at once, and sends a stale address away', async ({ app }) => {
    const second = await app.page.context().newPage()
    await second.goto(app.url ?? '')
    await app.page.getByRole('button', { name: 'Add server', exact: true }).click()
    for (const page of [app.page, second]) {
      await page.getByRole('button', { name: /^Server 500,/ }).waitFor()
    }
    await second.goto((app.url ?? '').replace(/token=.*/, 'token=0'))
    await second.getByText('Look in the terminal').waitFor()
  })
})
