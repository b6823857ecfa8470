// Who has joined a class: each viewer has a number, a token to come back with, a name if it likes, and its open pages.
import { MAX_KNOWN_VIEWERS } from '../../shared/limits'
import { newToken } from '../web/access'
import type { ViewerSocket } from './viewer-socket'

/** Pages of one viewer at once; the oldest is closed for another one. */
const MAX_PAGES = 3

export interface Viewer {
  readonly id: number
  readonly token: string
  name: string
  /** It is not forgotten: it would have a second vote, and its answers no name. */
  hasAnswered: boolean
  /** From which it has joined or come back last. */
  address: string
  readonly pages: Set<ViewerSocket>
}

export class Viewers {
  private readonly byToken = new Map<string, Viewer>()
  private readonly names = new Map<number, string>()
  private lastId = 0

  /** Those who are here now. */
  here(): { viewers: number; named: number } {
    let viewers = 0
    let named = 0
    for (const { pages, name } of this.byToken.values()) {
      if (pages.size === 0) continue
      viewers++
      if (name !== '') named++
    }
    return { viewers, named }
  }

  /** Those who are here and have given a name, in the order of joining. */
  named(): Viewer[] {
    return [...this.byToken.values()].filter(({ pages, name }) => pages.size > 0 && name !== '')
  }

  all(): Iterable<Viewer> {
    return this.byToken.values()
  }

  withId(id: number): Viewer | undefined {
    for (const viewer of this.byToken.values()) if (viewer.id === id) return viewer
    return undefined
  }

  /** Returns undefined if there are too many whom it must not forget. */
  add(name: string): Viewer | undefined {
    if (this.byToken.size >= MAX_KNOWN_VIEWERS && !this.forgetOne()) return undefined
    const viewer: Viewer = {
      id: ++this.lastId,
      token: newToken(),
      name: '',
      hasAnswered: false,
      pages: new Set(),
      address: '',
    }
    this.byToken.set(viewer.token, viewer)
    this.rename(viewer, name)
    return viewer
  }

  /** A long random token: that its first characters are compared faster than others tells nobody anything. */
  withToken(token: string | null): Viewer | undefined {
    return token === null ? undefined : this.byToken.get(token)
  }

  rename(viewer: Viewer, name: string): void {
    viewer.name = name
    this.names.set(viewer.id, name)
  }

  nameOf(id: number): string {
    return this.names.get(id) ?? ''
  }

  open(viewer: Viewer, page: ViewerSocket): void {
    viewer.pages.add(page)
    const [oldest] = viewer.pages
    if (viewer.pages.size > MAX_PAGES) oldest?.cutOff('The class is open in another tab.')
  }

  *pages(): Iterable<ViewerSocket> {
    for (const { pages } of this.byToken.values()) yield* pages
  }

  /** One who has left and comes back needs the code again. */
  private forgetOne(): boolean {
    for (const viewer of this.byToken.values()) {
      if (viewer.pages.size > 0 || viewer.hasAnswered) continue
      this.names.delete(viewer.id)
      return this.byToken.delete(viewer.token)
    }
    return false
  }
}
