// The registration.
import { quotedMessage } from '../../peer'
import type { ServerStage } from '../../server-stage'
import type { Requirement } from '../requirement'

export const REGISTERING: readonly Requirement<ServerStage>[] = [
  {
    id: 'registers',
    title: 'Registers with the proxy',
    why: 'The proxy knows only servers that have registered.',
    hint: 'Connect to the proxy’s port first thing, and send the type-1 message.',
    points: 6,
    async run(stage) {
      await stage.registered()
    },
  },
  {
    id: 'registration-fields',
    title: 'Its registration has the id, the policy and the port that it was given',
    why: 'A wrong port leads nowhere, and a wrong policy to other clients’ messages.',
    hint: 'Send the port that you listen on, not the port of the connection to the proxy.',
    points: 6,
    async run(stage) {
      const registered = await stage.registered()
      const told = stage.expected(registered)
      const [received] = stage.registrations
      const isRight =
        registered.server === told.server &&
        registered.policy === told.policy &&
        registered.listenPort === told.listenPort
      if (isRight || received === undefined) return
      const expected = `id ${told.server}, policy ${told.policy} and listenport ${told.listenPort}`
      throw stage.failed('wrong', expected, `the proxy got ${quotedMessage(received)}`)
    },
  },
  {
    id: 'registers-once',
    title: 'Registers once',
    why: 'A proxy that appends each registration would give it two turns.',
    hint: 'Send the registration before the loop that accepts, not in it.',
    points: 3,
    async run(stage) {
      await stage.ask()
      await stage.changes.until(() => stage.registrations[1], stage.settleMs)
      const second = stage.registrations[1]
      if (second === undefined) return
      const came = `it came again: ${quotedMessage(second)}`
      throw stage.failed('wrong', 'one registration', came)
    },
  },
]
