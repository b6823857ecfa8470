import { describe, expect, it } from 'vitest'
import { UNKNOWN_PROGRAM } from '../../src/shared/ids'
import { MAX_SERVERS } from '../../src/shared/limits'
import { composeClientMessage, composeRegistration } from '../../src/shared/protocol/compose'
import { createTestLab, type TestLab } from '../support/test-lab'

async function labWithServer(): Promise<TestLab> {
  const scenario = { name: 'One', servers: [{ id: '100', policy: '111' }], clients: [] }
  const lab = await createTestLab({ scenario })
  lab.rest()
  return lab
}

describe('a registration that is refused', () => {
  const sentence = (lab: TestLab, node: string) =>
    (lab.engine.state.logs.get(node) ?? []).findLast(({ level }) => level === 'error')?.text

  it.each(['proxy', 'server'])('for the port of the %s puts no server on the graph', async (of) => {
    const lab = await labWithServer()
    const { proxy, state: before } = lab.engine
    const port = of === 'proxy' ? proxy.port : (before.rows.get('100')?.listenPort ?? 0)
    const program = lab.program()
    program.send(composeRegistration('700', '777', port))
    lab.rest()
    const { state } = lab.engine
    expect(program.answers.map(({ error }) => error?.code)).toEqual(['PORT_OF_THE_APP'])
    expect([...state.nodes.keys()]).toEqual([...before.nodes.keys(), UNKNOWN_PROGRAM])
    expect([...state.next.keys()]).toEqual(['111'])
    expect(sentence(lab, UNKNOWN_PROGRAM)).toContain(
      `The registration of server 700 for policy 777 was refused. Port ${port} is `,
    )
  })

  it('becomes a server once it registers a port of its own', async () => {
    const lab = await labWithServer()
    const program = lab.program()
    program.send(composeRegistration('700', '777', lab.engine.proxy.port))
    program.send(composeRegistration('700', '777', 7_000))
    lab.rest()
    const { nodes, rows } = lab.engine.state
    expect(nodes.get('outside:server:700')).toMatchObject({ policy: '777', port: 7_000 })
    expect(rows.get('700')?.listenPort).toBe(7_000)
  })

  it('leaves a server as it is that is registered already, and says why at its node', async () => {
    const lab = await labWithServer()
    const node = 'outside:server:7'
    lab.program().send(composeRegistration('7', '222', 7_000))
    lab.program().send(composeRegistration('7', '333', lab.engine.proxy.port))
    lab.rest()
    expect(lab.engine.state.nodes.get(node)).toMatchObject({ policy: '222', port: 7_000 })
    expect(lab.engine.state.nodes.has(UNKNOWN_PROGRAM)).toBe(false)
    expect(sentence(lab, node)).toContain('policy 333 was refused')
  })

  it('because the table is full puts no server on the graph', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    for (let id = 1; id <= MAX_SERVERS; id++) {
      program.send(composeRegistration(`s${id}`, '222', 7_000 + id))
    }
    lab.rest()
    program.send(composeRegistration(`s${MAX_SERVERS + 1}`, '222', 7_000))
    lab.rest()
    expect(lab.engine.state.rows.size).toBe(MAX_SERVERS)
    expect(lab.engine.state.nodes.has(`outside:server:s${MAX_SERVERS + 1}`)).toBe(false)
    expect(program.answers.at(-1)?.error?.code).toBe('TABLE_FULL')
  })
})

describe('a client that asks for a policy whose only registration was refused', () => {
  const errorOf = (lab: TestLab, policy: string) => {
    const client = lab.program()
    client.send(composeClientMessage('50', policy, 'x'))
    lab.rest()
    return client.answers[0]?.error?.message
  }

  it('hears of the refusal, until a server registers for it', async () => {
    const lab = await labWithServer()
    const { port } = lab.engine.proxy
    lab.program().send(composeRegistration('700', '702', port))
    lab.rest()
    expect(errorOf(lab, '702')).toMatch(
      /^No server is registered for policy 702\. The registration of server 700 for policy 702 was refused\. Port \d+ is the proxy’s own/,
    )
    expect(errorOf(lab, '703')).toBe('No server is registered for policy 703.')
    lab.program().send(composeRegistration('700', '702', 7_000))
    lab.rest()
    await lab.engine.execute({ type: 'removeNode', node: 'outside:server:700' })
    lab.rest()
    expect(errorOf(lab, '702')).toBe('No server is registered for policy 702.')
  })

  it('hears of a registration with a fault too, and of none after a reset', async () => {
    const lab = await labWithServer()
    lab.program().send('{"type":1,"id":700,"privPolyId":702,"port":7000}')
    lab.rest()
    expect(errorOf(lab, '702')).toContain(
      'server 700 for policy 702 was refused. The field "listenport" is missing.',
    )
    await lab.engine.execute({ type: 'reset' })
    lab.rest()
    expect(errorOf(lab, '702')).toBe('No server is registered for policy 702.')
  })
})

describe('a server that registered the proxy itself', () => {
  it('is refused in words, and no message goes round and round', async () => {
    const lab = await createTestLab()
    const program = lab.program()
    program.send(
      composeRegistration('7', '111', lab.engine.proxy.port),
      composeClientMessage('50', '111', 'round'),
    )
    lab.settle()
    const codes = program.answers.map(({ error }) => error?.code)
    expect(codes).toEqual(['PORT_OF_THE_APP', 'NO_SERVER_FOR_POLICY'])
  })
})
