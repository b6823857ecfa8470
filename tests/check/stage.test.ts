import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it, vi } from 'vitest'
import { DEFAULT_LIMITS, Stage } from '../../src/main/check/stage'

it('a connection that opens only after the check has ended is closed', async () => {
  const program = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
  await once(program, 'listening')
  const { port } = program.address() as AddressInfo
  const stage = new Stage(DEFAULT_LIMITS)
  const connecting = stage.connect('client 1', port)
  await stage.close()
  const peer = await connecting
  program.close()
  await vi.waitFor(() => expect(peer.isOver).toBe(true))
})
