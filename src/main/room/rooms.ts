// Opens and closes the class for the instructors' pages, and carries out what they ask. There is one class at most.
import * as v from 'valibot'
import { errorText } from '../../shared/error-text'
import { counted } from '../../shared/format'
import { UNQUOTED } from '../../shared/issue-text'
import type { ServeLessons } from '../../shared/lesson/lesson-line'
import {
  type OpenRoom,
  type RoomRequest,
  type RoomState,
  type RoomUpdate,
  roomRequest,
  type ServeRoom,
} from '../../shared/room/room-line'
import { roomAddresses } from './addresses'
import { ClassRoom } from './class-room'
import { compressed } from './compressed-files'
import { newCode } from './join-code'
import type { AskedEngine } from './next-server'
import type { GivingEngine } from './nodes-of-viewers'
import { type AskBeforeOpening, allowOpening } from './opening'
import type { AdmittingEngine } from './programs-of-room'
import { ClassQuestions } from './questions'
import { resultsCsv } from './results'
import { type RoomEngine, type RoomHost, startRoomHost } from './room-host'
import { withoutUndo } from './without-undo'

interface RoomsOptions {
  engine: RoomEngine & AskedEngine & GivingEngine & AdmittingEngine
  /** The built renderer. */
  folder: string
  /** The lesson whose questions the class is asked; omitted: this host has no lessons. */
  lessons?: ServeLessons | undefined
  warn: (text: string) => void
  /** Asks the person at this machine before it is opened to a network; omitted: nobody can be asked. */
  askBeforeOpening?: AskBeforeOpening | undefined
  /** Which addresses there are; default: those of this machine. */
  addresses?: typeof roomAddresses
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

export interface Rooms {
  readonly serve: ServeRoom
  /** What would be lost if Roundabout ended now, in sentences; empty: nothing. */
  atStake(): string
  /** Ends the class, if there is one. */
  close(): Promise<void>
}

interface Open {
  room: ClassRoom
  host: RoomHost
  address: string
  code: string
  questions: ClassQuestions
}

export function createRooms(options: RoomsOptions): Rooms {
  const { engine, folder, warn, now, addresses = roomAddresses } = options
  const screens = new Set<(update: RoomUpdate) => void>()
  let open: Open | undefined
  let opening = false
  /** The class that ended last: one click ends it, and must not cost its results. */
  let ended: Pick<Open, 'room' | 'code'> | undefined
  /** The results that were saved last. */
  let saved: string | undefined

  function state(): RoomState {
    return {
      addresses: addresses(),
      open: open === undefined ? null : stateOf(open),
      endedQuestions: ended?.room.ballot.votes.length ?? 0,
    }
  }

  function tellState(): void {
    const update: RoomUpdate = { kind: 'state', state: state() }
    for (const tell of screens) tell(update)
  }

  async function openAt(address: string): Promise<void> {
    if (open !== undefined || opening) throw new Error('The lab is open to a class already.')
    if (!addresses().some((one) => one.address === address)) {
      throw new Error(`This machine has no address ${address}: choose one of the list.`)
    }
    opening = true
    try {
      await allowOpening({ what: 'class', address }, addresses(), options.askBeforeOpening)
      const code = newCode()
      const files = await compressed(folder)
      if (!files.has('/room.html'))
        throw new Error('The page for viewers is not part of this build.')
      const room = new ClassRoom({
        engine: withoutUndo(engine),
        code,
        host: address,
        warn,
        now,
        changed: tellState,
      })
      const host = await startRoomHost({ engine, room, files, address, warn, now }).catch(
        async (error: unknown) => {
          await room.end()
          throw error
        },
      )
      const questions = new ClassQuestions(engine, room, options.lessons)
      open = { room, host, address, code, questions }
      ended = undefined
      warn(`The lab is open to a class at ${host.origin}.`)
    } finally {
      opening = false
    }
    tellState()
  }

  async function close(): Promise<void> {
    if (open === undefined) return
    const { room, code, host, questions } = open
    ended = { room, code }
    open = undefined
    questions.close()
    tellState()
    await host.close()
    warn('The class is over: its port is closed.')
  }

  async function carryOut(asked: RoomRequest, tell: (update: RoomUpdate) => void): Promise<void> {
    if (asked.kind === 'look') return tell({ kind: 'state', state: state() })
    if (asked.kind === 'open') return openAt(asked.address)
    if (asked.kind === 'results') return tellResults(tell)
    if (open === undefined) {
      // A page may not know yet that the class is over.
      if (['close', 'point', 'endPrograms', 'clearPrograms'].includes(asked.kind)) return
      throw new Error('The lab is not open to a class.')
    }
    const { room, questions, address } = open
    switch (asked.kind) {
      case 'close':
        return close()
      case 'put':
        return questions.put(asked.question)
      case 'showBars':
        room.ballot.showBars(asked.shown)
        return room.voteChanged()
      case 'reveal':
        return questions.reveal(asked)
      case 'voteAgain':
        if (!room.ballot.again()) throw new Error('This question cannot be voted on once more.')
        return room.voteChanged()
      case 'hands':
        room.ballot.hands(asked.counts)
        return room.voteChanged()
      case 'endVote':
        return questions.end()
      case 'point':
        return room.point(asked.node, asked.spotlight)
      case 'handOut':
        return room.takingPart.nodes(asked.what).offer({ policy: asked.policy })
      case 'endHandOut':
        return room.takingPart.nodes(asked.what).offer(null)
      case 'give':
        return room.takingPart.nodes(asked.what).give(asked.viewer, asked.policy)
      case 'takeBack':
        return room.takingPart.nodes(asked.what).takeBack(asked.viewer)
      case 'letProgramsIn':
        return room.programs.letIn(() =>
          allowOpening({ what: 'programs', address }, addresses(), options.askBeforeOpening),
        )
      case 'endPrograms':
        return room.programs.end()
      case 'clearPrograms':
        return room.programs.clear(asked.machine, asked.keepOut)
      case 'letMachineIn':
        return room.programs.letInAgain(asked.machine)
    }
  }

  /** Undefined: there has been no class. */
  function results(): { name: string; text: string; questions: number } | undefined {
    const asked = open ?? ended
    if (asked === undefined) return undefined
    const { room, code } = asked
    const { votes } = room.ballot
    const text = resultsCsv(votes, (voter) => room.viewers.nameOf(voter))
    return { name: `class-${code}.csv`, text, questions: votes.length }
  }

  function tellResults(tell: (update: RoomUpdate) => void): void {
    const given = results()
    if (given === undefined) throw new Error('There has been no class: it has no results.')
    const { name, text } = given
    tell({ kind: 'results', name, text })
    saved = text
  }

  function atStake(): string {
    const viewers = open?.room.viewers.here().viewers ?? 0
    const { questions = 0, text = '' } = results() ?? {}
    const sentences = []
    if (viewers > 0) sentences.push(`The class ends, for ${counted(viewers, 'viewer')}.`)
    if (questions > 0 && text !== saved) {
      sentences.push('What the class has answered is lost, unless you save its results first.')
    }
    return sentences.join(' ')
  }

  return {
    serve(tell) {
      screens.add(tell)
      tell({ kind: 'state', state: state() })
      return {
        request(asked) {
          const parsed = v.safeParse(roomRequest, asked, UNQUOTED)
          const refuse = (error: unknown) => tell({ kind: 'refused', error: errorText(error) })
          if (!parsed.success) return refuse(new Error(parsed.issues[0].message))
          carryOut(parsed.output, tell).catch(refuse)
        },
        stop: () => void screens.delete(tell),
      }
    },
    atStake,
    close,
  }
}

function stateOf({ room, host, address, code, questions }: Open): OpenRoom {
  return {
    url: `${host.origin}/#${code}`,
    address,
    code,
    ...room.viewers.here(),
    vote: questions.conducted(),
    clients: room.takingPart.nodes('client').shown(),
    servers: room.takingPart.nodes('server').shown(),
    programs: room.programs.shown(),
    questions: room.ballot.votes.length,
  }
}
