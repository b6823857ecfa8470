// What a balancing algorithm is: a pure choice among the available servers of one policy. registry.ts lists them.
import type { AlgorithmName, Reason } from '../../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../../shared/ids'
import type { Random } from '../../clock/random'

/** What a server carries now. */
interface Load {
  /** Messages that were given to it and are not answered yet. */
  readonly inFlight: number
}

/** A server as an algorithm sees it. */
export interface Member {
  readonly id: ProtocolId
  readonly weight: number
  /** With the port, what a configuration file would name it by. */
  readonly address: string
  readonly port: number
  readonly load: Load
}

/** What an algorithm may ask about the message that a server is chosen for. */
export interface ChoiceContext {
  /** What the pool's setting `hashKey` names: the client's id, by default. */
  readonly key: string
  /** How many servers earlier attempts could not reach. */
  readonly tried: number
  /** It comes from the queue. */
  readonly waited: boolean
  readonly now: SimMs
  readonly random: Random
}

export interface ChosenServer<M> {
  readonly server: ProtocolId
  readonly memory: M
  /** Called at once or never: a shadow's reasons are not reported. */
  readonly reason: () => Reason
}

/** `M`: what the algorithm remembers of one policy between choices; immutable. Members stand in order of registration. */
export interface Algorithm<M> {
  readonly name: AlgorithmName
  /** Choices then depend on nothing in `ask`, so that the next one is known before. */
  readonly hasTurn: boolean
  /** As in HAProxy, the only available server gets the oldest message of the queue, and the algorithm is not asked. */
  readonly givesFreeSlots?: true
  begin(members: readonly Member[]): M
  /** `available`: at least one of the members, in their order. The same array as before has the same members. */
  choose(available: readonly Member[], memory: M, ask: ChoiceContext): ChosenServer<M>
  /** The memory for a changed list of members: some have left, have joined, or have another weight or address. */
  changed(members: readonly Member[], memory: M): M
  /** The same members, some of which weigh otherwise in a slow start; no weight need be whole. Omitted: as `changed`. */
  weighed?(members: readonly Member[], memory: M): M
  /** First attempts may go to these from now on. Omitted: `choose` is early enough. */
  usable?(available: readonly Member[], memory: M): M
  /** The server has one message more or less in flight. */
  loadChanged?(server: Member, by: 1 | -1, memory: M): M
  /** A message that was given to the server has come to its end, answered or not. */
  ended?(server: Member, tookMs: SimMs, now: SimMs, memory: M): M
  /** The server could not be reached. `maxFails`: after how many failures it is down. */
  failed?(server: Member, maxFails: number, memory: M): M
  /** No server was available for a message, which is now the only one in the queue. */
  queueBegins?(memory: M): M
}

/** An algorithm with its memory of one policy. */
export interface RunningAlgorithm {
  readonly name: AlgorithmName
  choose(
    available: readonly Member[],
    ask: ChoiceContext,
  ): { readonly server: ProtocolId; readonly reason: () => Reason }
  /** The server that a message with this key would go to; it counts as none. */
  serverOf(available: readonly Member[], key: string): ProtocolId
  /** The servers of the next messages, the next one first; none where the algorithm has no turn. */
  coming(available: readonly Member[], count: number): readonly ProtocolId[]
  changed(members: readonly Member[]): void
  weighed(members: readonly Member[]): void
  usable(available: readonly Member[]): void
  /** Called twice for every message. Undefined where the algorithm does not count what servers carry. */
  readonly loadChanged: ((server: Member, by: 1 | -1) => void) | undefined
  /** Undefined where the algorithm does not measure how long servers take. */
  readonly ended: ((server: Member, tookMs: SimMs, now: SimMs) => void) | undefined
  failed(server: Member, maxFails: number): void
  queueBegins(): void
}

/** For a turn, which depends on nothing of a message. */
const NO_MESSAGE: ChoiceContext = {
  key: '',
  tried: 0,
  waited: false,
  now: 0,
  random: {
    next: () => Number.NaN,
    integer: () => Number.NaN,
  },
}

/** The next choices among these servers, each made with the memory that the one before it leaves. */
interface Foreseen<M> {
  readonly available: readonly Member[]
  readonly choices: ChosenServer<M>[]
}

export function start<M>(algorithm: Algorithm<M>, members: readonly Member[]): RunningAlgorithm {
  const { loadChanged, ended } = algorithm
  let memory = algorithm.begin(members)
  let foreseen: Foreseen<M> | undefined
  function remember(changed: M): void {
    memory = changed
    foreseen = undefined
  }
  return {
    name: algorithm.name,
    choose(available, ask) {
      const [only] = available
      if (algorithm.givesFreeSlots && ask.waited && available.length === 1 && only) {
        return { server: only.id, reason: () => ({ by: 'free-slot' }) }
      }
      const choice = foreseen?.available === available ? foreseen.choices.shift() : undefined
      if (choice) {
        memory = choice.memory
        return choice
      }
      const made = algorithm.choose(available, memory, ask)
      remember(made.memory)
      return made
    },
    serverOf: (available, key) =>
      algorithm.choose(available, memory, { ...NO_MESSAGE, key }).server,
    coming(available, count) {
      if (!algorithm.hasTurn) return []
      if (foreseen?.available !== available) foreseen = { available, choices: [] }
      const { choices } = foreseen
      if (choices.length > count) choices.length = count
      while (choices.length < count) {
        const last = choices.at(-1)?.memory ?? memory
        choices.push(algorithm.choose(available, last, NO_MESSAGE))
      }
      return choices.map(({ server }) => server)
    },
    changed: (members) => remember(algorithm.changed(members, memory)),
    weighed: (members) => remember((algorithm.weighed ?? algorithm.changed)(members, memory)),
    usable(available) {
      if (algorithm.usable) remember(algorithm.usable(available, memory))
    },
    loadChanged: loadChanged && ((server, by) => remember(loadChanged(server, by, memory))),
    ended: ended && ((server, tookMs, now) => remember(ended(server, tookMs, now, memory))),
    failed(server, maxFails) {
      if (algorithm.failed) remember(algorithm.failed(server, maxFails, memory))
    },
    queueBegins() {
      if (algorithm.queueBegins) remember(algorithm.queueBegins(memory))
    },
  }
}
