// Sets random faults on the links of the inside and outside nodes in the lab.
import type { Random } from '../../src/main/engine/clock/random'
import type { Engine } from '../../src/main/engine/index'
import { linkOf } from '../../src/shared/fault-words'
import { FAULT_SETTINGS, type FaultName } from '../../src/shared/settings/fault'

const DIRECTIONS = FAULT_SETTINGS.direction.options.map(({ value }) => value)
const FAULTS = FAULT_SETTINGS.fault.options.map(({ value }) => value)

export function actionsOnLinks(engine: Engine, random: Random) {
  const draw = <T>(from: readonly T[]): T => from[random.integer(from.length)] as T

  function set({ id, fault = draw(FAULTS) }: { id?: number; fault?: FaultName } = {}): unknown {
    const nodes = [...engine.state.nodes.keys()].filter((node) => /server:|client:/.test(node))
    if (nodes.length === 0) return undefined
    return engine.execute({
      type: 'setFault',
      ...(id !== undefined && { id }),
      link: linkOf(draw(nodes)),
      direction: draw(DIRECTIONS),
      fault,
      probability: draw([1, 1, 0.5]),
      latencyMs: draw([0, 40]),
      jitterMs: draw([0, 30]),
      kilobytesPerSecond: draw([0.5, 10]),
      afterMs: draw([0, 50, 500]),
      averageBytes: draw([1, 10, 40]),
      variationBytes: draw([0, 5]),
      pauseMs: draw([0, 3]),
      limitBytes: draw([0, 30, 500]),
      packetPercent: draw([10, 60]),
    })
  }

  const anyId = () => [...engine.state.faults.keys()][random.integer(3)]
  const single = [
    () => set(),
    () => set(),
    () => set(),
    () => {
      const id = anyId()
      return set(id === undefined ? {} : { id })
    },
    () => {
      const id = anyId()
      return id === undefined ? undefined : engine.execute({ type: 'removeFault', id })
    },
  ]
  /** Sets each kind of fault on the link of a random node. */
  async function all(): Promise<void> {
    for (const fault of FAULTS) await set({ fault })
  }
  return { single, all }
}

export async function takeFaultsOut(engine: Engine): Promise<void> {
  for (const id of engine.state.faults.keys()) await engine.execute({ type: 'removeFault', id })
}
