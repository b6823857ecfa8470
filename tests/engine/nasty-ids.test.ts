// Ids with line breaks and marks of writing direction, over the whole engine: whatever happens, all that it says is one
// line, and reads in one direction.
import { expect, it } from 'vitest'
import type { CommandResult } from '../../src/shared/commands'
import { composeClientMessage, composeRegistration } from '../../src/shared/protocol/compose'
import { createTestLab } from '../support/test-lab'

const ID = '7\n\u202e8'
const CONTROL = /[\p{Cc}\p{Bidi_Control}]/u

it('shows them as escapes in log lines, answers and labels', async () => {
  const lab = await createTestLab()
  const { engine } = lab
  const told: string[] = []
  async function give(command: object): Promise<void> {
    const result: CommandResult = await engine.execute(command)
    lab.rest()
    told.push(result.ok ? (result.change?.label ?? '') : result.error)
  }
  const node = `outside:server:${ID}`

  await give({ type: 'addServer', id: ID, policy: ID })
  await give({ type: 'addServer', id: ID, policy: ID })
  await give({ type: 'updatePool', policy: ID, algorithm: 'random' })
  await give({ type: 'addClient', id: ID, policy: ID })
  await give({ type: 'updateServer', node: `server:${ID}`, label: 'A' })
  for (const [id, port] of [
    [ID, 4_007],
    [ID, 4_008],
    [`${ID}9`, 4_008],
  ] as const) {
    lab.program().send(composeRegistration(id, ID, port))
    lab.rest()
  }
  const client = lab.program()
  client.send(composeClientMessage(ID, ID, 'x'))
  lab.rest()
  client.send(composeClientMessage(ID, `${ID}0`, 'x'))
  lab.rest()
  await give({ type: 'updateServer', node, label: 'B' })
  for (const each of [node, `server:${ID}`, `client:${ID}`, `outside:client:${ID}`, node]) {
    await give({ type: 'removeNode', node: each })
  }
  await give({ type: 'undo' })
  await give({ type: 'send', client: `client:${ID}0`, count: 1 })

  for (const { payload } of client.answers) told.push(payload)
  for (const event of lab.events) if (event.type === 'log') told.push(event.text)
  const withId = told.filter((text) => text.includes('7'))
  expect(withId.length).toBeGreaterThan(12)
  for (const text of told) expect(text).not.toMatch(CONTROL)
  expect(withId).toContain('remove outside server 7\\n\\u202E8')
  await engine.close()
})
