// Who may come in: those with the code of the class, and those who have joined before.
import type { ViewerMessage } from '../../shared/room/viewer-line'
import { Guesses } from './join-code'
import type { Viewer, Viewers } from './viewers'

interface DoorOptions {
  viewers: Viewers
  code: string
  warn: (text: string) => void
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

export class Door {
  private readonly guesses: Guesses

  constructor(private readonly options: DoorOptions) {
    this.guesses = new Guesses(options.code, options.now)
  }

  /** The first message of a page at this address. Returns undefined after `refuse`. */
  admit(
    message: ViewerMessage,
    address: string,
    refuse: (about: 'code' | 'token' | 'guesses', error: string) => void,
  ): Viewer | undefined {
    const { viewers, warn } = this.options
    if (message.kind === 'return') {
      const viewer = viewers.withToken(message.token)
      if (viewer === undefined) refuse('token', 'This is another class: enter its code.')
      return viewer
    }
    if (message.kind !== 'join') {
      refuse('code', 'Enter the code first.')
      return undefined
    }
    switch (this.guesses.check(message.code, address)) {
      case 'right':
        return viewers.add(message.name)
      case 'wrong':
        warn('A viewer came with a wrong code.')
        refuse('code', 'This is not the code of the class. Look at the wall once more.')
        return undefined
      case 'tooMany':
        refuse('guesses', 'There have been too many wrong codes. Wait a moment and try again.')
        return undefined
    }
  }
}
