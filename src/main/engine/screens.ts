// The connected screens: each gives commands in its role, gets frames, and may look back. They follow from one session to
// the next.
import type { CommandResult, UserRole } from '../../shared/commands'
import type { CommandExecutor } from './commands/executor'
import type { Asker } from './looking-back'
import type { OperatorNotices } from './operator-notices'
import type { Session } from './session'
import { type Feed, openFeed } from './story/feed'

type SendFrame = (frame: Uint8Array<ArrayBuffer>) => void

/** One window's connection to the engine. */
export interface Screen {
  /** Like `Engine.execute`, as far as the screen's role and its looking back allow. */
  execute(command: unknown): Promise<CommandResult>
  /** Sends events in frames (shared/feed/frame.ts), beginning with a snapshot; closes the feed that was open before. */
  openFeed(send: SendFrame): Feed
  /** Closes its feed, and ends its looking back. */
  close(): void
}

interface OpenScreen extends Screen {
  /** Sends the frames of the session that runs now. */
  follow(): void
}

export class Screens {
  private readonly open = new Set<OpenScreen>()

  constructor(
    private readonly session: () => Session,
    private readonly commands: CommandExecutor,
    private readonly notices: OperatorNotices,
  ) {}

  connect(
    role: UserRole,
    notify?: (sentence: string) => void,
    kept: Pick<Asker, 'isRemembered'> = {},
  ): Screen {
    const asker: Asker = { role, isScreen: true, ...kept }
    const stopNotices =
      notify !== undefined && role === 'operator' ? this.notices.showOn(notify) : () => {}
    let send: SendFrame | undefined
    let feed: Feed | undefined
    const open = () => {
      feed?.close()
      const { journal, clock } = this.session()
      feed = send && openFeed(journal, clock, send)
    }
    const screen: OpenScreen = {
      execute: async (command) => {
        // A command may arrive after its window has closed. That window must not look back forever.
        if (!this.open.has(screen)) return { ok: false, error: 'The window has been closed.' }
        return this.commands.execute(command, asker)
      },
      openFeed(newSend) {
        send = newSend
        open()
        return {
          acknowledge: (frame) => feed?.acknowledge(frame),
          close: () => {
            send = undefined
            feed?.close()
          },
        }
      },
      follow: open,
      close: () => {
        this.open.delete(screen)
        stopNotices()
        send = undefined
        feed?.close()
        const { lookingBack, looks } = this.session().parts
        lookingBack.end(asker)
        looks.end(asker)
      },
    }
    this.open.add(screen)
    return screen
  }

  /** Another session has begun. */
  follow(): void {
    for (const screen of this.open) screen.follow()
  }

  closeAll(): void {
    for (const screen of this.open) screen.close()
  }
}
