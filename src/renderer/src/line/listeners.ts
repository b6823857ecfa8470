// Who listens to what the host sends of its own.
import type { ProgramCheckUpdate } from '../../../shared/check/program-check'
import type { UserRole } from '../../../shared/commands'
import type { ComparisonUpdate } from '../../../shared/compare/comparison'
import type { Problem } from '../../../shared/contract'
import type { LessonUpdate } from '../../../shared/lesson/lesson-line'
import type { RoomUpdate } from '../../../shared/room/room-line'

/** What listeners get, by the kind of the message; `connected`: whether the connection to the host is up. */
interface News {
  connected: boolean
  role: UserRole
  notice: string
  problem: Problem
  comparison: ComparisonUpdate
  programCheck: ProgramCheckUpdate
  lesson: LessonUpdate
  room: RoomUpdate
}

type Table = { readonly [K in keyof News]: Set<(news: News[K]) => void> }

export class Listeners {
  private readonly byKind: Table = {
    connected: new Set(),
    role: new Set(),
    notice: new Set(),
    problem: new Set(),
    comparison: new Set(),
    programCheck: new Set(),
    lesson: new Set(),
    room: new Set(),
  }

  /** Returns a function that takes the listener away. */
  on<K extends keyof News>(kind: K, listener: (news: News[K]) => void): () => void {
    const listeners = this.byKind[kind]
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  tell<K extends keyof News>(kind: K, news: News[K]): void {
    for (const listener of this.byKind[kind]) listener(news)
  }
}
