// What an inside server's work costs. Outside programs have none of it: their work is real.
import { MAX_IN_HAND } from '../../limits'
import { choice, feature, number, wholeNumber } from '../setting'

export const WORK = feature({
  label: 'Work',
  help: 'The server takes time to answer each message. While it is busy, further messages wait in its own queue.',
  settings: {
    ms: number({
      default: 40,
      min: 0,
      max: 600_000,
      unit: 'ms',
      label: 'Time',
      help: 'The mean time per message; with “by size”, the time per byte of the payload. It has no effect with “by hand”.',
    }),
    distribution: choice({
      default: 'constant',
      label: 'Distribution',
      help: 'How the times vary around the mean, drawn from the scenario’s seed. “By hand”: a person types each answer.',
      options: [
        { value: 'constant', label: 'constant' },
        { value: 'uniform', label: 'uniform: from 0 to twice the mean' },
        { value: 'exponential', label: 'exponential' },
        { value: 'log-normal', label: 'log-normal: a few take very long' },
        { value: 'by-size', label: 'by size: for each byte' },
        { value: 'by-hand', label: 'by hand: a person types each answer' },
      ],
    }),
    atOnce: wholeNumber({
      default: 1,
      min: 1,
      max: 10_000,
      label: 'At once',
      help: 'How many messages the server works on at the same time.',
    }),
    queue: wholeNumber({
      default: 100,
      min: 0,
      max: 1_000_000,
      label: 'Queue',
      help: 'How many messages can wait in the server. When the queue is full, it answers with an error at once.',
    }),
  },
  mistake: ({ distribution, atOnce }) =>
    distribution !== 'by-hand' || atOnce <= MAX_IN_HAND
      ? undefined
      : {
          setting: 'atOnce',
          words: `A person who answers by hand has at most ${MAX_IN_HAND} messages at once: write ${MAX_IN_HAND} or less.`,
        },
})
