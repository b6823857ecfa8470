// What opens this machine to its network, and the consent that it needs: of the person at the machine, not of the page, which
// foreign code may have got into.
import type { RoomAddress } from '../../shared/room/room-line'

export interface Opening {
  /** The page of the class, or the proxy for programs. */
  readonly what: 'class' | 'programs'
  readonly address: string
}

/** Asks the person. */
export type AskBeforeOpening = (opening: Opening) => Promise<boolean>

const REFUSED: Record<Opening['what'], string> = {
  class: 'The lab was not opened: you did not allow it.',
  programs: 'Programs may not join: you did not allow it.',
}

/**
 * Rejects with an Error for the instructor unless the person allows it. `ask`: omitted where nobody can be asked. This
 * machine alone needs no consent.
 */
export async function allowOpening(
  opening: Opening,
  addresses: readonly RoomAddress[],
  ask: AskBeforeOpening | undefined,
): Promise<void> {
  const found = addresses.find(({ address }) => address === opening.address)
  if (ask === undefined || found?.reach === 'machine') return
  const isAllowed = await ask(opening).catch(() => false)
  if (!isAllowed) throw new Error(REFUSED[opening.what])
}
