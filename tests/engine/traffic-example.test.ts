// The example for traffic: it is opened and played, and its sources send what its name says.
import { expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { opened } from '../support/examples'

it('a-crowd-sends-by-itself', async () => {
  const { lab } = await opened('a-crowd-sends-by-itself')
  lab.rest()
  expect(lab.clock.now()).toBeGreaterThan(60_000)
  const sent = lab.events.filter(
    (event): event is Extract<LabEvent, { type: 'packet.sent' }> =>
      event.type === 'packet.sent' && event.kind === 0 && event.from.startsWith('client:'),
  )
  const of = (client: string) => sent.filter(({ from }) => from === client)
  // 480 on average, within four standard deviations of a Poisson count.
  expect(Math.abs(of('client:1').length - 480)).toBeLessThan(88)
  // Each of five has one message in a round of 1 s to think, and four links of the lab's latency.
  expect(of('client:2').length).toBeLessThan(300)
  expect(of('client:2').length).toBeGreaterThan(150)
  // The mean of 1 and 5 a second.
  expect(Math.abs(of('client:3').length - 180)).toBeLessThanOrEqual(1)
  const { totals, nodes } = lab.engine.state
  expect(totals.verdicts.correct).toBe(sent.length)
  expect(nodes.get('client:1')).toMatchObject({ connections: 40, sending: false })
  expect(nodes.get('client:2')).toMatchObject({ connections: 5, sending: false })
  await lab.engine.close()
})
