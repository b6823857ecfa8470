// Commands about time: pause, speed, steps, looking back, and how long links take.
import type { SimMs } from '../../../shared/ids'
import type { Lab } from '../lab'
import { CommandError } from './command-error'
import type { Rows } from './row'

type TimeCommand =
  | 'pause'
  | 'resume'
  | 'lookBack'
  | 'returnToLive'
  | 'setSpeed'
  | 'setLatency'
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
  setLatency: {
    carryOut: ({ lab }, { latencyMs }) => setLatency(lab, latencyMs),
    inverse: (_, { before }) => [{ type: 'setLatency', latencyMs: before.latencyMs }],
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

/** Applies to packets sent from now on. */
export function setLatency(lab: Lab, latencyMs: SimMs): void {
  lab.latencyMs = latencyMs
  lab.journal.emit({ type: 'latency.changed', latencyMs })
}
