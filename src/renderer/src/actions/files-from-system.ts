// Files that the system gives to the app, by a double click or on its command line. The process behind the page hands
// them over one at a time; the page cannot ask for any other.
import type { Bridge } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'

/** After this many refusals in a row, no file is requested until the next one is given. */
const MAX_REFUSALS = 20

/** Opens the files given so far, and later ones. Returns the way to stop. */
export function startGiven(bridge: Bridge, open: (file: File) => Promise<unknown>): () => void {
  let taking = false
  let more = false
  let stopped = false

  async function takeAll(): Promise<void> {
    more = true
    if (taking) return
    taking = true
    // A file given at the start may replace the lab, which must be there first.
    await labHasBegun()
    let refusals = 0
    while (more && !stopped && refusals < MAX_REFUSALS) {
      more = false
      try {
        const given = await bridge.takeFile()
        refusals = 0
        if (given === null) continue
        more = true
        await open(new File([Uint8Array.from(given.bytes)], given.name))
      } catch (error) {
        more = true
        refusals++
        useUi.getState().notify('error', errorText(error))
      }
    }
    taking = false
  }

  const stop = bridge.onFileGiven(() => void takeAll())
  void takeAll()
  return () => {
    stopped = true
    stop()
  }
}

function labHasBegun(): Promise<void> {
  return new Promise((resolve) => {
    if (useLab.getState().connected) return resolve()
    const stop = useLab.subscribe(({ connected }) => {
      if (!connected) return
      stop()
      resolve()
    })
  })
}
