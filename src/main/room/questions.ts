// What the class is asked: the questions that the instructor puts, and that of the lesson, which puts itself. One is open at a
// time.
import type { LessonScreen, LessonView, ServeLessons } from '../../shared/lesson/lesson-line'
import type { ConductedVote, PutQuestion, RoomRequest } from '../../shared/room/room-line'
import { numberTruth, type VoteAsk, type VoteTruth } from '../../shared/room/vote'
import { roundOf } from './ballot'
import type { ClassRoom } from './class-room'
import { lessonAnswer, lessonQuestion } from './lesson-vote'
import { type AskedEngine, NextServer } from './next-server'

/** What the instructor says is right: indexes of answers, or a number, and how far off it may be. */
type Asserted = Pick<RoomRequest & { kind: 'reveal' }, 'right' | 'within'>

export class ClassQuestions {
  private about: ConductedVote['about'] = 'choice'
  /** Set while the open question is about the next server. */
  private next: NextServer | undefined
  /** The lesson as one more page sees it. */
  private lesson: { view: LessonView | null; screen: LessonScreen } | undefined
  /** The lesson's question that is put, or was. */
  private lessonKey: string | undefined
  private isOver = false

  /** `lessons`: the lesson whose questions the class is asked; omitted: this host has no lessons. */
  constructor(
    private readonly engine: AskedEngine,
    private readonly room: ClassRoom,
    lessons: ServeLessons | undefined,
  ) {
    if (lessons !== undefined) this.followLesson(lessons)
  }

  /** The open question as the instructor sees it; null: nothing is asked. */
  conducted(): ConductedVote | null {
    const { ballot } = this.room
    const [shown, { current }] = [ballot.shown(), ballot]
    if (shown === null || current === null) return null
    return {
      ...shown,
      about: this.about,
      policy: this.next?.policy ?? null,
      waitsFor: this.next?.waitsFor ?? '',
      hands: roundOf(current).hands,
    }
  }

  /** Rejects with an Error for the instructor. */
  async put(asked: PutQuestion): Promise<void> {
    if (asked.kind === 'choice') {
      const servers = asked.options.map(() => null)
      const { options } = asked
      return this.open('choice', asked.question, { kind: 'choice', options, servers })
    }
    if (asked.kind === 'number') {
      return this.open('number', asked.question, { kind: 'number', unit: asked.unit })
    }
    this.next?.end()
    this.next = undefined
    const { room } = this
    const next = await NextServer.begin(
      this.engine,
      asked,
      (truth) => {
        if (this.next === next && room.ballot.current?.isRevealed === false) this.show(truth)
      },
      () => room.voteChanged(),
    )
    // The class was closed meanwhile: its trap must not stay.
    if (this.isOver) return next.end()
    this.open('nextServer', next.question, next.ask)
    this.next = next
    room.voteChanged()
  }

  /** Rejects with an Error for the instructor. */
  async reveal({ right, within = 0 }: Asserted): Promise<void> {
    const { ballot } = this.room
    const { current } = ballot
    if (current === null) throw new Error('There is no question to reveal.')
    if (current.isRevealed) return
    if (this.about === 'nextServer') return this.next?.reveal()
    if (this.about !== 'lesson') return this.show(truthOf(current.ask, right, within))
    const { lesson } = this
    const favourite = ballot.favourite()
    const answer = favourite && lesson?.view ? lessonAnswer(lesson.view.gate, favourite) : undefined
    if (answer === undefined) {
      throw new Error(
        'Nobody has answered yet: wait, type raised hands, or answer it in the lesson.',
      )
    }
    lesson?.screen.request({ kind: 'answer', answer })
  }

  end(): void {
    this.next?.end()
    this.next = undefined
    this.room.ballot.end()
    this.room.voteChanged()
  }

  /** The class is over. */
  close(): void {
    this.isOver = true
    this.lesson?.screen.stop()
    this.next?.end()
  }

  private open(about: ConductedVote['about'], question: string, ask: VoteAsk): void {
    this.next?.end()
    this.next = undefined
    this.about = about
    this.room.ballot.put(question, ask)
    this.room.voteChanged()
  }

  private show(truth: VoteTruth | null): void {
    this.room.ballot.reveal(truth)
    this.room.voteChanged()
  }

  private followLesson(lessons: ServeLessons): void {
    const taken: { view: LessonView | null } = { view: null }
    let screen: LessonScreen | undefined
    const take = () => {
      if (screen === undefined) return
      this.lesson = { view: taken.view, screen }
      this.lessonChanged(taken.view)
    }
    screen = lessons((update) => {
      if (update.kind !== 'lesson') return
      taken.view = update.view
      take()
    })
    take()
  }

  /** The lesson's question is put as soon as it is open, and revealed when it is answered. */
  private lessonChanged(view: LessonView | null): void {
    if (this.isOver) return
    const asked = lessonQuestion(view)
    const { ballot } = this.room
    const isPut = this.about === 'lesson' && ballot.current !== null
    if (asked === undefined) {
      if (isPut) this.end()
      this.lessonKey = undefined
      return
    }
    const isOpen = ballot.current?.isRevealed === false
    const isSame = isPut && this.lessonKey === asked.key
    if (asked.truth !== null) {
      if (isSame && isOpen) this.show(asked.truth)
      return
    }
    if (isSame && isOpen) return
    this.open('lesson', asked.question, asked.ask)
    this.lessonKey = asked.key
  }
}

/** What the instructor says is right. */
function truthOf(ask: VoteAsk, right: Asserted['right'], within: number): VoteTruth | null {
  if (right === undefined) return null
  if (typeof right === 'number') {
    if (ask.kind !== 'number') return null
    return numberTruth(right, within, ask.unit)
  }
  if (ask.kind !== 'choice') return null
  const labels = right.flatMap((index) => ask.options[index] ?? [])
  return labels.length === 0 ? null : { right: labels, words: `It is: ${labels.join(' / ')}` }
}
