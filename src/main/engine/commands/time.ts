// Commands about time: pause, speed, steps and looking back. Time is not undone: it has controls of its own.
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
    inverse: null,
  },
  resume: {
    carryOut: ({ time }) => time.resume(),
    inverse: null,
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
    inverse: null,
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
