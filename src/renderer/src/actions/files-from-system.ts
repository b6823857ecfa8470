// Files that the system gives to the app: by a double click, or on its command line. The process behind the page hands
// them over one at a time; the page cannot ask for any other.
import type { Bridge } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'

/** After so many refusals in a row nothing is asked for any more until the next file is given. */
const MAX_REFUSALS = 20

/** Opens what has been given and what will be. Returns the way to stop. */
export function startGiven(bridge: Bridge, open: (file: File) => Promise<unknown>): () => void {
  let taking = false
  let more = false
  let stopped = false

  async function takeAll(): Promise<void> {
    more = true
    if (taking) return
    taking = true
    // What is given at the start may be in place of the lab: that has to be there.
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
