// A queue of the theory without the engine: who arrives when, and how long each service takes, from the engine's own sources of
// chance; and from that how long each message waits, by the recursion of Kiefer and Wolfowitz (1955), which with one server is
// Lindley's (1952): a service begins when its message has arrived and the first of the servers is free.
import { MessageNumbers } from '../../src/main/engine/actors/message-numbers'
import { serviceMs } from '../../src/main/engine/actors/work'
import { createRandom } from '../../src/main/engine/clock/random'
import { toMicroseconds } from '../../src/main/engine/story/journal'
import { MessageMix } from '../../src/main/engine/traffic/message-mix'
import { nextArrival } from '../../src/main/engine/traffic/next-arrival'
import { exponential } from '../../src/main/engine/traffic/pattern'
import { nodeId } from '../../src/shared/ids'
import { Histogram } from '../../src/shared/metrics/histogram'
import { settled } from '../../src/shared/settings/derive'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'
import { figuresOf, type Measured, type Run, scenarioFor } from './measured-queue'
import { arrivalsPerMs, type Model } from './queueing-theory'

const CLIENT = nodeId('inside', 'client', '1')

/** What the engine has to report, to the microsecond. */
export function expectedInEngine(model: Model, run: Run): Measured {
  const { messages, seed } = run
  const crowd = scenarioFor(model, run).clients[0]?.traffic
  const values = settled(TRAFFIC.settings, typeof crowd === 'object' ? crowd : {})
  const mix = new MessageMix(
    values,
    { policy: '111', payload: 'x' },
    createRandom(seed, `messages of ${CLIENT}`),
  )
  const perMs = arrivalsPerMs(model)
  const draw = drawsOf(seed)
  const queue = new Queue(model)
  let due = 0
  let arrivedAt = 0
  for (let message = 0; message < messages; message++) {
    const { gap, service } = draw()
    // As a source finds it, and schedules it in whole microseconds.
    due = nextArrival((ms) => perMs * ms, due, gap) ?? Number.NaN
    arrivedAt += toMicroseconds(Math.max(0, due - arrivedAt))
    queue.arrive(arrivedAt, service, mix.draw().client)
  }
  return queue.figures
}

/** The same for any number of messages, all queues of the same chance; nobody's answer waits for another one. */
export function expectedOfMany(
  models: readonly Model[],
  { messages, seed }: Pick<Run, 'messages' | 'seed'>,
): readonly Measured[] {
  const draw = drawsOf(seed)
  const queues = models.map((model) => ({ queue: new Queue(model), perMs: arrivalsPerMs(model) }))
  let arrived = 0
  for (let message = 0; message < messages; message++) {
    const { gap, service } = draw()
    arrived += gap
    for (const { queue, perMs } of queues) queue.arrive(arrived / perMs, service)
  }
  return queues.map(({ queue }) => queue.figures)
}

/** For each message the time since the one before and that of its service, exponential and of mean 1. */
function drawsOf(seed: number): () => { gap: number; service: number } {
  const arrivals = createRandom(seed, `arrivals of ${CLIENT}`)
  const numbers = new MessageNumbers()
  numbers.begin(seed)
  const random = () => numbers.random('work', 0)
  return () => {
    numbers.began(0, CLIENT)
    return {
      gap: exponential(arrivals),
      service: serviceMs(1, 'exponential', { payload: '', random }),
    }
  }
}

class Queue {
  private readonly freeAt: number[]
  private readonly answeredAt: number[] = []
  private readonly waiting = new Histogram()
  private readonly whole = new Histogram()

  constructor(private readonly model: Model) {
    this.freeAt = Array(model.servers).fill(0)
  }

  /**
   * In order of arrival. `service`: of mean 1. `client`: whose connection its answer takes, after the answers to messages that
   * came before on it.
   */
  arrive(at: number, service: number, client?: number): void {
    const { freeAt, answeredAt, model } = this
    let first = 0
    for (let other = 1; other < freeAt.length; other++) {
      if ((freeAt[other] ?? 0) < (freeAt[first] ?? 0)) first = other
    }
    const begunAt = Math.max(at, freeAt[first] ?? 0)
    const servedAt = begunAt + model.serviceMs * (model.service === 'constant' ? 1 : service)
    freeAt[first] = servedAt
    this.waiting.add(toMicroseconds(begunAt) - at)
    const answered = client === undefined ? servedAt : Math.max(servedAt, answeredAt[client] ?? 0)
    if (client !== undefined) answeredAt[client] = answered
    this.whole.add(toMicroseconds(answered) - at)
  }

  get figures(): Measured {
    return figuresOf(this.waiting.sparse, this.whole.sparse)
  }
}
