// Programs of the room in the panel of the class, from the keyboard: a button that goes with what it has done leaves the focus at
// the title above it.
import { connect } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { appTest } from './app'
import { choose } from './files'

const test = appTest({ latencyMs: 0 })
/** Stands for another machine; on macOS, loopback has 127.0.0.1 only. */
const OTHER_MACHINE = '127.0.0.3'

test.skipIf(process.platform === 'darwin')(
  'who clears a machine, keeps it out and lets it in again keeps the focus',
  async ({ app: { page } }) => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await choose(page, 'Open to the room…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^127\.0\.0\.1/ }).check()
    await dialog.getByRole('button', { name: 'Open to the room' }).click()
    await dialog.getByRole('button', { name: 'Ask the class…' }).click()
    const panel = page.getByRole('region', { name: 'The class' })
    await panel.locator('h2:focus').waitFor()

    // Each part begins where it can be seen.
    for (const [tab, title] of [
      ['Clients', 'Hand out clients'],
      ['Servers', 'Hand out servers'],
      ['Programs', 'Programs of the room'],
    ] as const) {
      await panel.getByRole('tab', { name: tab }).press('Enter')
      const heading = panel.getByRole('heading', { name: title })
      await heading.waitFor()
      expect((await heading.boundingBox())?.y).toBeLessThan(300)
    }

    const title = panel.locator('h3:focus', { hasText: 'Programs of the room' })
    await panel.getByRole('button', { name: 'Let programs join…' }).press('Enter')
    await panel.getByRole('button', { name: 'Let programs join', exact: true }).press('Enter')
    await title.waitFor()
    const at = (await panel.locator('.programs-address strong').textContent()) ?? ''
    const port = Number(at.split(':')[1])
    const button = (name: string) => panel.getByRole('button', { name, exact: true })

    sends(port)
    await button(`Clear ${OTHER_MACHINE}`).press('Enter')
    await button(`Clear ${OTHER_MACHINE}`).waitFor({ state: 'detached' })
    await title.waitFor()

    sends(port)
    await button(`Keep ${OTHER_MACHINE} out`).press('Enter')
    await button(`Let ${OTHER_MACHINE} in again`).waitFor()
    await title.waitFor()

    await button(`Let ${OTHER_MACHINE} in again`).press('Enter')
    await button(`Let ${OTHER_MACHINE} in again`).waitFor({ state: 'detached' })
    await title.waitFor()
  },
)

/** A client at the other machine sends a message, and keeps its connection. */
function sends(port: number): void {
  const client = connect({ host: '127.0.0.1', port, localAddress: OTHER_MACHINE })
  client.on('error', () => {})
  client.write('{"type":0,"srcid":77,"privPoliId":111,"payloadsize":2,"payload":"hi"}')
  onTestFinished(() => {
    client.destroy()
  })
}
