// What the theory of queues says of waiting times and of whole times (waiting and service): messages arrive by chance (Poisson),
// one queue, first come first served. Exact: sums and formulas, nothing is simulated.

/** How long each service takes: `exponential` is M/M/c, `constant` with one server M/D/1. */
export interface Model {
  readonly service: 'exponential' | 'constant'
  readonly serviceMs: number
  /** With constant service: 1. */
  readonly servers: number
  /** The part of the time in which a server is busy, below 1. */
  readonly utilisation: number
}

export interface Times {
  readonly mean: number
  /** The time that this share of all messages does not exceed. */
  percentile(share: number): number
}

interface Expected {
  /** The part of all messages that has to wait. */
  readonly waits: number
  readonly waiting: Times
  readonly whole: Times
}

export function expectedOf(model: Model): Expected {
  return model.service === 'exponential' ? exponential(model) : constant(model)
}

export function arrivalsPerMs({ servers, utilisation, serviceMs }: Model): number {
  return (servers * utilisation) / serviceMs
}

/** M/M/c: a message waits with Erlang's probability C, and then for an exponential time. */
function exponential(model: Model): Expected {
  const { serviceMs, servers } = model
  const waits = erlangC(model)
  const served = 1 / serviceMs
  const freed = servers * served - arrivalsPerMs(model)
  const waitsLonger = (ms: number) => waits * Math.exp(-freed * ms)
  const takesLonger = (ms: number) =>
    (1 - waits) * Math.exp(-served * ms) + waits * sumIsLonger(served, freed, ms)
  const mean = waits / freed
  return {
    waits,
    waiting: { mean, percentile: (share) => timeAt(share, (ms) => 1 - waitsLonger(ms)) },
    whole: {
      mean: mean + serviceMs,
      percentile: (share) => timeAt(share, (ms) => 1 - takesLonger(ms)),
    },
  }
}

/** The probability that all servers are busy when a message arrives: from Erlang's B, by its recursion. */
function erlangC({ servers, utilisation }: Model): number {
  const load = servers * utilisation
  let blocked = 1
  for (let count = 1; count <= servers; count++)
    blocked = (load * blocked) / (count + load * blocked)
  return blocked / (1 - utilisation * (1 - blocked))
}

/** That two exponential times of these rates take longer together. */
function sumIsLonger(one: number, other: number, ms: number): number {
  if (Math.abs(one - other) < 1e-9 * one) return (1 + one * ms) * Math.exp(-one * ms)
  return (one * Math.exp(-other * ms) - other * Math.exp(-one * ms)) / (one - other)
}

/**
 * M/D/1. The classic series of the waiting time alternates in sign and loses its digits; this one (Franx, 2001) has positive
 * terms only, from the probabilities of each number of messages in the system.
 */
function constant(model: Model): Expected {
  const { serviceMs, servers, utilisation } = model
  if (servers !== 1) throw new Error('With constant service there is one server.')
  const queued = cumulativeQueue(utilisation)
  const waitsAtMost = (ms: number) => {
    const services = Math.floor(ms / serviceMs) + 1
    const rest = utilisation * (services - ms / serviceMs)
    let term = Math.exp(-rest)
    let sum = 0
    for (let count = 0; count < services; count++) {
      sum += term * (queued[services - 1 - count] ?? 1)
      term *= rest / (count + 1)
    }
    return sum
  }
  const mean = (utilisation * serviceMs) / (2 * (1 - utilisation))
  const percentile = (share: number) => timeAt(share, waitsAtMost)
  return {
    waits: utilisation,
    waiting: { mean, percentile },
    whole: { mean: mean + serviceMs, percentile: (share) => percentile(share) + serviceMs },
  }
}

/** That at most 0, 1, 2, … messages wait, for as long as that is not certain. */
function cumulativeQueue(utilisation: number): readonly number[] {
  // The probabilities of how many arrive in one service: exactly this number, and more than it.
  const arrive = [Math.exp(-utilisation)]
  const arriveMore = [1 - (arrive[0] ?? 0)]
  const inSystem = [1 - utilisation]
  const waiting: number[] = []
  let sum = inSystem[0] ?? 0
  for (let count = 0; 1 - sum > 1e-12; count++) {
    let next = (inSystem[0] ?? 0) * (arriveMore[count] ?? 0)
    for (let before = 1; before <= count; before++) {
      next += (inSystem[before] ?? 0) * (arriveMore[count - before + 1] ?? 0)
    }
    next /= arrive[0] ?? 1
    inSystem.push(next)
    sum += next
    waiting.push(sum)
    arrive.push(((arrive[count] ?? 0) * utilisation) / (count + 1))
    arriveMore.push(Math.max(0, (arriveMore[count] ?? 0) - (arrive[count + 1] ?? 0)))
  }
  return waiting
}

/** The least time at which the probability is at least this share. */
function timeAt(share: number, atMost: (ms: number) => number): number {
  if (atMost(0) >= share) return 0
  let [low, high] = [0, 1]
  while (atMost(high) < share) high *= 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (atMost(middle) < share) low = middle
    else high = middle
  }
  return high
}
