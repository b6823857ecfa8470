// A lesson for tests: one step of each kind.
import type { Lesson, Step } from '../../src/shared/lesson/lesson'
import { CLASSIC_POOL, type Scenario } from '../../src/shared/scenario'
import type { Solution } from './player'

export const TWO_POLICIES: Scenario = { ...CLASSIC_POOL, name: 'Two policies', latencyMs: 100 }

export function stepOf(step: Partial<Step> & Pick<Step, 'title'>): Step {
  return {
    text: '',
    setup: {},
    asks: { kind: 'nothing' },
    afterText: '',
    notes: '',
    line: 1,
    ...step,
  }
}

export function lessonOf(steps: readonly Step[], more: Partial<Lesson> = {}): Lesson {
  return {
    format: 'roundabout-lesson',
    version: 1,
    id: 'sample',
    title: 'A sample',
    summary: 'One step of each kind.',
    minutes: 10,
    steps,
    scenarios: new Map([['scenarios/two.roundabout-scenario', TWO_POLICIES]]),
    pictures: new Map(),
    programs: new Map(),
    ...more,
  }
}

export const SCENARIO = 'scenarios/two.roundabout-scenario'

export const GATED = stepOf({
  title: 'The first message',
  setup: { scenario: SCENARIO, lock: ['servers', 'clients', 'sending', 'time', 'scenario'] },
  asks: {
    kind: 'ask',
    ask: 'server',
    question: 'Which server gets it?',
    policy: '111',
    gate: { holds: 'type:0 to:proxy policy:111', send: '1' },
    others: ['It depends on how busy they are'],
  },
  afterText: 'Round-robin begins with the server that registered first.',
})

export const SAMPLE = lessonOf([
  stepOf({ title: 'What this is about', text: 'Read.', setup: { scenario: SCENARIO } }),
  GATED,
  stepOf({
    title: 'The next two',
    setup: { lock: ['time', 'sending'] },
    asks: {
      kind: 'ask',
      ask: 'order',
      question: 'In which order?',
      policy: '111',
      length: 2,
      commands: [{ type: 'sendMessage', client: 'client:1', count: 2 }],
    },
  }),
  stepOf({
    title: 'Four more',
    setup: { lock: ['sending'] },
    asks: {
      kind: 'ask',
      ask: 'share',
      question: 'Which share has each?',
      policy: '222',
      commands: [{ type: 'sendMessage', client: 'client:3', count: 4 }],
      until: { event: 'exchange.finished', count: 4 },
    },
  }),
  stepOf({
    title: 'How many packets',
    setup: { scenario: SCENARIO },
    asks: {
      kind: 'ask',
      ask: 'number',
      question: 'How many packets does a message take?',
      gate: { holds: 'type:0 to:proxy', send: '2' },
      truth: { counts: { event: 'packet.sent' } },
      tolerance: 0,
    },
  }),
  stepOf({
    title: 'Who is first',
    setup: { scenario: SCENARIO },
    asks: {
      kind: 'ask',
      ask: 'choice',
      question: 'What happens?',
      commands: [{ type: 'sendMessage', client: 'client:2' }],
      choices: [
        { text: 'It is lost.', when: { event: 'exchange.finished', with: { outcome: 'lost' } } },
        {
          text: 'It is answered.',
          when: { event: 'exchange.finished', with: { outcome: 'answered' } },
          because: 'Nothing keeps it.',
        },
      ],
    },
  }),
  stepOf({
    title: 'Make it answer twice',
    asks: {
      kind: 'task',
      task: 'Let policy 222 answer twice.',
      done: {
        event: 'answer.verified',
        where: 'policy:222',
        with: { verdict: 'correct' },
        count: 2,
      },
      never: [
        {
          condition: { event: 'node.removed', where: 'server:100' },
          because: 'Server 100 was removed.',
        },
      ],
      hints: ['Client 3 asks for policy 222.', 'Send twice.'],
    },
  }),
  stepOf({
    title: 'In your words',
    asks: { kind: 'explain', explain: 'Why?', model: 'Because of the turn.' },
  }),
])

export const SAMPLE_SOLUTIONS: Readonly<Record<string, Solution>> = {
  'Make it answer twice': [{ type: 'sendMessage', client: 'client:3', count: 2 }],
}
