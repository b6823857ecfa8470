import { expect, it } from 'vitest'
import { createMemoryNetwork } from './net/memory-network'
import { ServerPorts } from './server-ports'

const HOST = '127.0.0.1'

async function first(count: number, ports: ServerPorts, used: readonly number[] = []) {
  const found: number[] = []
  for await (const port of ports.toTry(new Set(used))) {
    found.push(port)
    if (found.length === count) break
  }
  return found
}

it('each lab has a range of its own, and the same one each time it looks', async () => {
  const network = createMemoryNetwork({ random: undefined })
  const [one, other] = [new ServerPorts(network, HOST), new ServerPorts(network, HOST)]
  expect(await first(3, one)).toEqual([21_001, 21_002, 21_003])
  expect(await first(2, other)).toEqual([21_101, 21_102])
  expect(await first(2, one, [21_001])).toEqual([21_002, 21_003])
})

it('several that look at the same time take one range', async () => {
  const network = createMemoryNetwork({ random: undefined })
  const ports = new ServerPorts(network, HOST)
  expect(await Promise.all([first(1, ports), first(1, ports)])).toEqual([[21_001], [21_001]])
  expect(network.openSockets()).toBe(1)
})

it('a lab with many servers takes further ranges, past those of others, until none is left', async () => {
  const network = createMemoryNetwork({ random: undefined })
  const [one, other] = [new ServerPorts(network, HOST), new ServerPorts(network, HOST)]
  await first(1, one)
  await first(1, other)
  expect((await first(100, one)).slice(98)).toEqual([21_099, 21_201])
  expect(await first(100_000, one)).toHaveLength(109 * 99)
  expect(await first(1, new ServerPorts(network, HOST))).toEqual([])
})
