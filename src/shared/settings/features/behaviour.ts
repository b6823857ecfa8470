// How an inside server fails, and which of its messages meet it. What each kind does: main/engine/actors/behaviours/.
import { choice, duration, feature, number, wholeNumber } from '../setting'

export const BEHAVIOUR = feature({
  label: 'Misbehaviour',
  help: 'Makes the server fail in one way, for all of its messages or for some of them.',
  settings: {
    kind: choice({
      default: 'silent',
      label: 'What it does',
      help: 'What the proxy sees of the failure on its connection to the server.',
      options: [
        { value: 'refuse', label: 'refuses connections' },
        { value: 'silent', label: 'accepts and says nothing' },
        { value: 'slow', label: 'answers slowly' },
        { value: 'garbage', label: 'answers garbage' },
        { value: 'wrong-hash', label: 'answers a wrong hash' },
        { value: 'half', label: 'sends half an answer and closes' },
        { value: 'other-destid', label: 'answers with another’s destid' },
        { value: 'close', label: 'closes without an answer' },
        { value: 'reset', label: 'resets in the middle of an answer' },
        { value: 'crash', label: 'crashes when it has the message' },
      ],
    }),
    probability: number({
      default: 1,
      min: 0,
      max: 1,
      label: 'Probability',
      help: 'The chance that a message is affected: 1 affects all, 0.1 one in ten. Drawn from the scenario’s seed.',
    }),
    fromMs: duration({
      default: 0,
      min: 0,
      label: 'From',
      help: 'The server starts to fail this long after the setting was made.',
    }),
    untilMs: duration({
      default: 0,
      min: 0,
      label: 'Until',
      help: 'The server recovers this long after the setting was made; 0: never.',
    }),
    every: wholeNumber({
      default: 1,
      min: 1,
      max: 1_000_000,
      label: 'Every',
      help: '1 affects every message, 2 every second one, 3 every third one, and so on.',
    }),
    first: wholeNumber({
      default: 0,
      min: 0,
      max: 1_000_000,
      label: 'The first',
      help: 'Affects only this many messages from the start; 0: no limit.',
    }),
    ms: duration({
      default: 2_000,
      min: 0,
      label: 'Delay',
      help: 'How long a slow answer is delayed, or how long a crashed server stays down; 0: a crashed server does not start again.',
    }),
  },
  mistake: ({ fromMs, untilMs }) =>
    untilMs === 0 || untilMs > fromMs
      ? undefined
      : {
          setting: 'untilMs',
          words: `It must be later than From, which is ${fromMs} ms: write more than ${fromMs}, or 0 for never.`,
        },
})
