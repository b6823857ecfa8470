// Who may come in: those with the code of the class, and those who have joined before.
import { JOINS_OF_ADDRESS, MAX_KNOWN_VIEWERS, MAX_ROOM_VIEWERS } from '../../shared/limits'
import type { ViewerMessage } from '../../shared/room/viewer-line'
import { AddressBuckets } from './address-buckets'
import { Guesses } from './join-code'
import type { Viewer, Viewers } from './viewers'

interface DoorOptions {
  viewers: Viewers
  code: string
  /** The address at which the class is. */
  host: string
  warn: (text: string) => void
  /** The clock of the limits, in milliseconds. */
  now?: (() => number) | undefined
}

export class Door {
  private readonly guesses: Guesses
  private readonly joins: AddressBuckets

  constructor(private readonly options: DoorOptions) {
    const { code, host, now } = options
    this.guesses = new Guesses(code, host, now)
    this.joins = new AddressBuckets(JOINS_OF_ADDRESS, host, now)
  }

  /** The first message of a page at this address. Returns undefined after `refuse`. */
  admit(
    message: ViewerMessage,
    address: string,
    refuse: (about: 'code' | 'token' | 'guesses' | 'full', error: string) => void,
  ): Viewer | undefined {
    const { viewers, warn } = this.options
    if (message.kind === 'return') {
      const viewer = viewers.withToken(message.token)
      if (viewer === undefined) refuse('token', 'This is another class: enter its code.')
      else if (viewer.pages.size > 0 || this.hasPlace(refuse)) return viewer
      return undefined
    }
    if (message.kind !== 'join') {
      refuse('code', 'Enter the code first.')
      return undefined
    }
    switch (this.guesses.check(message.code, address)) {
      case 'right':
        return this.hasPlace(refuse) ? this.join(message.name, address, refuse) : undefined
      case 'wrong':
        warn('A viewer came with a wrong code.')
        refuse('code', 'This is not the code of the class. Look at the wall once more.')
        return undefined
      case 'tooMany':
        refuse('guesses', 'There have been too many wrong codes. Wait a moment and try again.')
        return undefined
    }
  }
  private hasPlace(refuse: (about: 'full', error: string) => void): boolean {
    if (this.options.viewers.here().viewers < MAX_ROOM_VIEWERS) return true
    refuse('full', `${MAX_ROOM_VIEWERS} are here already: there is no further place.`)
    return false
  }

  /** Each new viewer has a vote: one machine gets few of them. */
  private join(
    name: string,
    address: string,
    refuse: (about: 'full', error: string) => void,
  ): Viewer | undefined {
    const { viewers, host, warn } = this.options
    // The instructor's own machine may try out a whole class.
    if (address !== host && !this.joins.of(address).take()) {
      warn('A viewer was refused: many have joined from its address.')
      refuse('full', 'Many have joined from your address just now. Wait a moment and try again.')
      return undefined
    }
    const viewer = viewers.add(name)
    if (viewer === undefined) {
      refuse('full', `${MAX_KNOWN_VIEWERS} have joined this class: it takes no further ones.`)
    }
    return viewer
  }
}
