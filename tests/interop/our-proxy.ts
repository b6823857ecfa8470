// The lab's whole proxy, in memory: messages reach servers that answer when a test says so.
import { createHash } from 'node:crypto'
import type { Connection } from '../../src/main/engine/net/network'
import type { LabEvent } from '../../src/shared/events'
import {
  composeAnswer,
  composeClientMessage,
  composeRegistration,
} from '../../src/shared/protocol/compose'
import { EMPTY_POOL, type Scenario } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

type Pool = Omit<NonNullable<Scenario['pools']>[number], 'policy'>
type Decision = Extract<LabEvent, { type: 'decision.made' }>

interface Server {
  readonly weight?: number
  readonly maxConnections?: number
  readonly refuses?: boolean
}

const POLICY = '111'
const HASH = createHash('sha1').update('xyz').digest('hex')
/** Nobody listens there. */
const REFUSING_PORT = 9

export class OurProxy {
  /** By server, the connections that it has not answered, the oldest first. */
  private readonly unanswered = new Map<string, Connection[]>()
  private told = 0

  private constructor(private readonly lab: TestLab) {}

  static async start(pool: Pool, servers: Readonly<Record<string, Server>>): Promise<OurProxy> {
    const lab = await createTestLab({
      scenario: { ...EMPTY_POOL, pools: [{ policy: POLICY, ...pool }] },
    })
    const ours = new OurProxy(lab)
    for (const [id, { refuses, ...settings }] of Object.entries(servers)) {
      const port = refuses ? REFUSING_PORT : await ours.listen(id)
      lab.program().send(composeRegistration(id, POLICY, port))
      lab.pass(1)
      const result = await lab.engine.execute({
        type: 'updateServer',
        node: `outside:server:${id}`,
        ...settings,
      })
      if (!result.ok) throw new Error(result.error)
    }
    return ours
  }

  private async listen(id: string): Promise<number> {
    const connections: Connection[] = []
    this.unanswered.set(id, connections)
    const accept = (connection: Connection) => {
      connections.push(connection)
      connection.setHandlers({ data() {}, ended() {}, closed() {} })
    }
    const { port } = await this.lab.network.listen({ host: '127.0.0.1', port: 0, accept })
    return port
  }

  /** A message. Returns the decisions that follow. */
  ask(): Decision[] {
    this.lab.program().send(composeClientMessage('1', POLICY, 'xyz'))
    return this.pass(1)
  }

  /** The server answers the oldest of its messages. Returns the decisions that follow. */
  answer(server: string): Decision[] {
    const connection = this.unanswered.get(server)?.shift()
    if (connection === undefined) throw new Error(`Server ${server} has no message.`)
    connection.write(composeAnswer(server, '1', HASH))
    connection.end()
    return this.pass(1)
  }

  /** Returns the decisions of this time. */
  pass(ms: number): Decision[] {
    this.lab.pass(ms)
    const events = this.lab.events.slice(this.told)
    this.told = this.lab.events.length
    return events.filter((event) => event.type === 'decision.made')
  }

  /** How many messages wait. */
  get waiting(): number {
    return this.lab.engine.state.waiting.get(POLICY)?.length ?? 0
  }

  close(): Promise<void> {
    return this.lab.engine.close()
  }
}
