// The whole labs that viewers have open: few of each viewer, and not opened too often, since each costs a snapshot.
import type { WebSocket } from 'ws'
import {
  LAB_CONNECTIONS,
  LAB_CONNECTIONS_OF_VIEWER,
  MAX_LABS_OF_VIEWER,
  MAX_ROOM_LABS,
} from '../../shared/limits'
import { CUT_OFF } from '../../shared/room/viewer-line'
import { TokenBucket } from '../token-bucket'
import type { Viewer } from './viewers'

interface LabsOfViewer {
  /** The oldest first. */
  readonly open: Set<WebSocket>
  readonly rate: TokenBucket
}

export class ViewerLabs {
  private readonly byViewer = new WeakMap<Viewer, LabsOfViewer>()
  private readonly rate: TokenBucket

  /** `now`: the clock of the limits, in milliseconds. */
  constructor(private readonly now?: () => number) {
    this.rate = new TokenBucket(LAB_CONNECTIONS, now)
  }

  /** Why the viewer gets no whole lab now, where `open` are; undefined: it gets one. */
  refusal(viewer: Viewer, open: number): string | undefined {
    if (open >= MAX_ROOM_LABS) return `${MAX_ROOM_LABS} whole labs are open.`
    if (this.of(viewer).rate.take() && this.rate.take()) return undefined
    return 'It opens the whole lab too often.'
  }

  add(viewer: Viewer, screen: WebSocket): void {
    const { open } = this.of(viewer)
    open.add(screen)
    screen.once('close', () => open.delete(screen))
    const [oldest] = open
    if (open.size <= MAX_LABS_OF_VIEWER || oldest === undefined) return
    open.delete(oldest)
    oldest.close(CUT_OFF, 'The whole lab is open in another tab.')
  }

  private of(viewer: Viewer): LabsOfViewer {
    const known = this.byViewer.get(viewer)
    if (known !== undefined) return known
    const labs = {
      open: new Set<WebSocket>(),
      rate: new TokenBucket(LAB_CONNECTIONS_OF_VIEWER, this.now),
    }
    this.byViewer.set(viewer, labs)
    return labs
  }
}
