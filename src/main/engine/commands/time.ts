// Commands about time: pause, speed, steps and looking back.
import { CommandError } from '../command-error'
import type { Rows } from './row'

type TimeCommand =
  | 'pause'
  | 'resume'
  | 'lookBack'
  | 'returnToLive'
  | 'setSpeed'
  | 'step'
  | 'stepToDecision'
  | 'stepToEnd'

export const TIME_COMMANDS: Rows<TimeCommand> = {
  pause: {
    carryOut: ({ time }) => time.pause(),
    inverse: (_, { before }) => (before.clock.paused ? [] : [{ type: 'resume' }]),
  },
  resume: {
    carryOut: ({ time }) => time.resume(),
    inverse: (_, { before }) => (before.clock.paused ? [{ type: 'pause' }] : []),
  },
  lookBack: {
    carryOut({ lookingBack }, { pausesLab }, by) {
      if (pausesLab && by.role === 'viewer')
        throw new CommandError('A viewer cannot pause the lab.')
      lookingBack.begin(by, pausesLab)
    },
    inverse: null,
  },
  returnToLive: {
    carryOut: ({ lookingBack }, _, by) => lookingBack.end(by),
    inverse: null,
  },
  setSpeed: {
    carryOut: ({ time }, { speed }) => time.setSpeed(speed),
    inverse: (_, { before }) => [{ type: 'setSpeed', speed: before.clock.speed }],
  },
  step: {
    carryOut: ({ time }) => time.step(),
    inverse: null,
  },
  stepToDecision: {
    carryOut: ({ time }) => time.stepToDecision(),
    inverse: null,
  },
  stepToEnd: {
    carryOut: ({ time }, { packet }) => time.stepToEnd(packet),
    inverse: null,
  },
}
