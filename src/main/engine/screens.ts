// The connected screens: each gives commands in its role, gets frames, and may look back.
import type { CommandResult, UserRole } from '../../shared/commands'
import type { SteppableClock } from './clock/clock'
import type { CommandExecutor } from './commands/executor'
import type { Asker, LookingBack } from './looking-back'
import { type Feed, openFeed } from './story/feed'
import type { Journal } from './story/journal'

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

interface ScreenParts {
  readonly journal: Journal
  readonly clock: SteppableClock
  readonly commands: CommandExecutor
  readonly lookingBack: LookingBack
}

export class Screens {
  private readonly open = new Set<Screen>()

  constructor(private readonly parts: ScreenParts) {}

  connect(role: UserRole): Screen {
    const { journal, clock, commands, lookingBack } = this.parts
    const asker: Asker = { role }
    let feed: Feed | undefined
    const screen: Screen = {
      execute: async (command) => {
        // A command may arrive after its window has closed. That window must not look back forever.
        if (!this.open.has(screen)) return { ok: false, error: 'The window has been closed.' }
        return commands.execute(command, asker)
      },
      openFeed(send) {
        feed?.close()
        feed = openFeed(journal, clock, send)
        return feed
      },
      close: () => {
        this.open.delete(screen)
        feed?.close()
        lookingBack.end(asker)
      },
    }
    this.open.add(screen)
    return screen
  }

  closeAll(): void {
    for (const screen of this.open) screen.close()
  }
}
