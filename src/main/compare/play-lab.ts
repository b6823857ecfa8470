// Plays one of the compared labs, in memory, as fast as the machine goes, until its time is over or everything has ended.
import { type ComparedLab, labOf, type RecordedArrivals } from '../../shared/compare/comparison'
import type { FirstChoice } from '../../shared/compare/first-difference'
import { isObject } from '../../shared/feed/field'
import { nodeId } from '../../shared/ids'
import type { ComparedPools, Scenario } from '../../shared/scenario'
import { createMemoryLab, type MemoryLab } from '../engine/index'
import { ChoiceCounts } from './choice-counts'
import { ChoicesMade } from './choices-made'
import { CHUNK_MS, Pace } from './pace'
import { PacketPicture } from './packet-picture'
import { UnderWay } from './under-way'

export interface LabToPlay {
  readonly scenario: Scenario
  readonly compared: ComparedPools
  readonly forMs: number
  readonly arrivals?: RecordedArrivals | undefined
  /** The pace of all labs, and its place among them. Omitted: it plays alone. */
  readonly pace?: { readonly memory: SharedArrayBuffer; readonly lab: number } | undefined
}

interface Listener {
  /** Called with the time so far and the choices since the last call. Returns whether further choices are needed. */
  played(ms: number, choices: readonly FirstChoice[]): boolean
}

/** After this much time the lab checks whether everything has ended, and lets restarting servers listen again. */
const STEP_MS = 100

export async function playLab(toPlay: LabToPlay, listener: Listener): Promise<ComparedLab> {
  const { scenario, compared, arrivals } = toPlay
  const lab = await createMemoryLab({
    isRecorded: false,
    keepsMessages: false,
    inOrder: true,
    scenario: (arrivals === undefined ? sending : quiet)(labOf(scenario, compared)),
  })
  const { forMs } = toPlay
  const pace = toPlay.pace ? Pace.in(toPlay.pace, forMs) : Pace.of(1, forMs)
  try {
    return await play(lab, toPlay, pace, listener)
  } finally {
    pace.leave()
    await lab.engine.close()
  }
}

async function play(
  lab: MemoryLab,
  toPlay: LabToPlay,
  pace: Pace,
  listener: Listener,
): Promise<ComparedLab> {
  const { engine, clock } = lab
  const { compared, arrivals = NO_ARRIVALS } = toPlay
  const { times, messages } = arrivals
  const choices = new ChoicesMade(engine)
  const counts = new ChoiceCounts(engine)
  const picture = new PacketPicture(engine)
  const underWay = new UnderWay(engine)
  let next = 0
  let at = 0
  while (at < pace.endMs && !(next >= times.length && underWay.isOver)) {
    const until = Math.min(pace.endMs, at + CHUNK_MS)
    while (at < until) {
      const due = times[next] ?? Number.POSITIVE_INFINITY
      at = Math.min(until, at + STEP_MS, Math.max(at, due))
      lab.pass(at - clock.now())
      if (due <= at) {
        const message = messages[times[next + 1] ?? -1]
        next += 2
        if (message) await send(lab, message)
      }
      // Servers that restart listen again only after a turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (!listener.played(at, choices.take())) choices.stop()
    await pace.pass(at)
  }
  const { state } = engine
  return {
    name: compared.name,
    ms: clock.now(),
    metrics: [...state.metrics],
    servers: [...state.rows.values()].map(({ server, policy, node }) => {
      const label = state.nodes.get(node)?.label
      return { id: server, policy, chosen: counts.of(server), ...(label && { label }) }
    }),
    unfinished: underWay.unfinished,
    ...picture.taken(clock.now()),
  }
}

const NO_ARRIVALS: RecordedArrivals = { messages: [], times: [] }

async function send(
  { engine }: MemoryLab,
  { client, policy, payload }: RecordedArrivals['messages'][number],
): Promise<void> {
  const result = await engine.execute({
    type: 'sendMessage',
    client: nodeId('inside', 'client', client),
    policy,
    payload,
  })
  if (!result.ok) throw new Error(`A message could not be sent. ${result.error}`)
}

/** The scenario with all of its traffic from the start on: here nobody starts it later. */
function sending(scenario: Scenario): Scenario {
  return {
    ...scenario,
    clients: scenario.clients.map((client) =>
      isObject(client.traffic)
        ? { ...client, traffic: { ...client.traffic, atStart: true } }
        : client,
    ),
  }
}

/** The scenario without the traffic of its clients. */
function quiet(scenario: Scenario): Scenario {
  return { ...scenario, clients: scenario.clients.map((client) => ({ ...client, traffic: 'off' })) }
}
