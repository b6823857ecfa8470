// Opens and closes the class for the instructors' pages, and carries out what they ask. There is one class at most.
import * as v from 'valibot'
import { errorText } from '../../shared/error-text'
import { UNQUOTED } from '../../shared/issue-text'
import type { LessonScreen, LessonView, ServeLessons } from '../../shared/lesson/lesson-line'
import {
  type ConductedVote,
  type OpenRoom,
  type PutQuestion,
  type RoomRequest,
  type RoomState,
  type RoomUpdate,
  roomRequest,
  type ServeRoom,
} from '../../shared/room/room-line'
import { type Truth, withUnit } from '../../shared/room/vote'
import { roomAddresses } from './addresses'
import { roundOf } from './ballot'
import { ClassRoom } from './class-room'
import { compressed } from './compressed-files'
import { newCode } from './join-code'
import { lessonAnswer, lessonQuestion } from './lesson-vote'
import { type AskedEngine, NextServer } from './next-server'
import { resultsCsv } from './results'
import { type RoomEngine, type RoomHost, startRoomHost } from './room-host'

interface RoomsOptions {
  engine: RoomEngine & AskedEngine
  /** The built renderer. */
  folder: string
  /** The lesson whose questions the class is asked; omitted: this host has no lessons. */
  lessons?: ServeLessons | undefined
  warn: (text: string) => void
  /** Which addresses there are; default: those of this machine. */
  addresses?: typeof roomAddresses
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

export interface Rooms {
  readonly serve: ServeRoom
  /** Ends the class, if there is one. */
  close(): Promise<void>
}

interface Open {
  room: ClassRoom
  host: RoomHost
  address: string
  code: string
  about: ConductedVote['about']
  /** Of a question about the next server. */
  next: NextServer | undefined
  /** The lesson's question that is put, or was. */
  lessonKey: string | undefined
}

export function createRooms(options: RoomsOptions): Rooms {
  const { engine, folder, warn, now, addresses = roomAddresses } = options
  const screens = new Set<(update: RoomUpdate) => void>()
  let open: Open | undefined
  let opening = false
  /** The lesson as one more page sees it, while the class is open. */
  let lesson: { view: LessonView | null; screen: LessonScreen } | undefined

  function state(): RoomState {
    return { addresses: addresses(), open: open === undefined ? null : stateOf(open) }
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
      const code = newCode()
      const files = await compressed(folder)
      if (!files.has('/room.html'))
        throw new Error('The page for viewers is not part of this build.')
      const room = new ClassRoom({ engine, code, warn, now, changed: tellState })
      const host = await startRoomHost({ engine, room, files, address, warn, now }).catch(
        async (error: unknown) => {
          await room.end()
          throw error
        },
      )
      const about = 'choice'
      open = { room, host, address, code, about, next: undefined, lessonKey: undefined }
      warn(`The lab is open to a class at ${host.origin}.`)
      followLesson()
    } finally {
      opening = false
    }
    tellState()
  }

  async function close(): Promise<void> {
    const ended = open
    if (ended === undefined) return
    open = undefined
    lesson?.screen.stop()
    lesson = undefined
    ended.next?.end()
    tellState()
    await ended.host.close()
    warn('The class is over: its port is closed.')
  }

  function followLesson(): void {
    if (options.lessons === undefined) return
    const taken: { view: LessonView | null } = { view: null }
    let screen: LessonScreen | undefined
    const take = () => {
      if (screen === undefined) return
      lesson = { view: taken.view, screen }
      lessonChanged()
    }
    screen = options.lessons((update) => {
      if (update.kind !== 'lesson') return
      taken.view = update.view
      take()
    })
    take()
  }

  /** The lesson's question is put as soon as it is open, and revealed when it is answered. */
  function lessonChanged(): void {
    if (open === undefined || lesson === undefined) return
    const asked = lessonQuestion(lesson.view)
    const { ballot } = open.room
    const isPut = open.about === 'lesson' && ballot.current !== null
    if (asked === undefined) {
      if (isPut) endVote(open)
      open.lessonKey = undefined
      return
    }
    const isSame = isPut && open.lessonKey === asked.key
    if (asked.truth !== null) {
      if (isSame && ballot.current?.isRevealed === false) reveal(open, asked.truth)
      return
    }
    if (isSame && ballot.current?.isRevealed === false) return
    put(open, 'lesson', asked.question, asked.ask)
    open.lessonKey = asked.key
  }

  function put(
    to: Open,
    about: ConductedVote['about'],
    ...[question, ask]: Parameters<ClassRoom['ballot']['put']>
  ): void {
    to.next?.end()
    to.next = undefined
    to.about = about
    to.room.ballot.put(question, ask)
    to.room.voteChanged()
  }

  function reveal({ room }: Open, truth: Truth | null): void {
    room.ballot.reveal(truth)
    room.voteChanged()
  }

  function endVote(of: Open): void {
    of.next?.end()
    of.next = undefined
    of.room.ballot.end()
    of.room.voteChanged()
  }

  async function putAsked(to: Open, asked: PutQuestion): Promise<void> {
    if (asked.kind === 'choice') {
      const servers = asked.options.map(() => null)
      return put(to, 'choice', asked.question, { kind: 'choice', options: asked.options, servers })
    }
    if (asked.kind === 'number') {
      return put(to, 'number', asked.question, { kind: 'number', unit: asked.unit })
    }
    to.next?.end()
    to.next = undefined
    const { room } = to
    const next = await NextServer.begin(
      engine,
      asked,
      (truth) => {
        if (to.next === next && room.ballot.current?.isRevealed === false) reveal(to, truth)
      },
      () => room.voteChanged(),
    )
    put(to, 'nextServer', next.question, next.ask)
    to.next = next
    room.voteChanged()
  }

  async function revealAsked(of: Open, right: number | readonly number[] | undefined) {
    const { current } = of.room.ballot
    if (current === null) throw new Error('There is no question to reveal.')
    if (current.isRevealed) return
    if (of.about === 'nextServer') return of.next?.reveal()
    if (of.about === 'lesson') {
      const favourite = of.room.ballot.favourite()
      const answer =
        favourite && lesson?.view ? lessonAnswer(lesson.view.gate, favourite) : undefined
      if (answer === undefined) {
        throw new Error(
          'Nobody has answered yet: wait, type raised hands, or answer it in the lesson.',
        )
      }
      return lesson?.screen.request({ kind: 'answer', answer })
    }
    reveal(of, truthOf(current.ask, right))
  }

  async function carryOut(asked: RoomRequest, tell: (update: RoomUpdate) => void): Promise<void> {
    if (asked.kind === 'look') return tell({ kind: 'state', state: state() })
    if (asked.kind === 'open') return openAt(asked.address)
    if (open === undefined) {
      // A page may not know yet that the class is over.
      if (asked.kind === 'close' || asked.kind === 'point') return
      throw new Error('The lab is not open to a class.')
    }
    const { room } = open
    switch (asked.kind) {
      case 'close':
        return close()
      case 'put':
        return putAsked(open, asked.question)
      case 'showBars':
        room.ballot.showBars(asked.shown)
        return room.voteChanged()
      case 'reveal':
        return revealAsked(open, asked.right)
      case 'voteAgain':
        if (!room.ballot.again()) throw new Error('This question cannot be voted on once more.')
        return room.voteChanged()
      case 'hands':
        room.ballot.hands(asked.counts)
        return room.voteChanged()
      case 'endVote':
        return endVote(open)
      case 'point':
        return room.point(asked.node)
      case 'results': {
        const text = resultsCsv(room.ballot.votes, (voter) => room.viewers.nameOf(voter))
        return tell({ kind: 'results', name: `class-${open.code}.csv`, text })
      }
    }
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
    close,
  }
}

function stateOf({ room, host, address, code, about, next }: Open): OpenRoom {
  const shown = room.ballot.shown()
  const { current, votes } = room.ballot
  const vote: ConductedVote | null =
    shown === null || current === null
      ? null
      : {
          ...shown,
          about,
          policy: next?.policy ?? null,
          waitsFor: next?.waitsFor ?? '',
          hands: roundOf(current).hands,
        }
  return {
    url: `${host.origin}/#${code}`,
    address,
    code,
    ...room.viewers.here(),
    vote,
    questions: votes.length,
  }
}

/** What the instructor says is right. */
function truthOf(
  ask: Parameters<ClassRoom['ballot']['put']>[1],
  right: number | readonly number[] | undefined,
): Truth | null {
  if (right === undefined) return null
  if (typeof right === 'number') {
    if (ask.kind !== 'number') return null
    const label = withUnit(right, ask.unit)
    return { right: [label], words: `It is ${label}.` }
  }
  if (ask.kind !== 'choice') return null
  const labels = right.flatMap((index) => ask.options[index] ?? [])
  return labels.length === 0 ? null : { right: labels, words: `It is: ${labels.join(' / ')}` }
}
