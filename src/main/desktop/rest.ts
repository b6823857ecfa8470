// Keeps a resting app at rest. Half a minute after the start V8 would collect the heaps twice, which have hardly any garbage, and
// after a minute Blink would compress the text of the page's script: together two thirds of what a paused app costs in its
// first minutes. Once a page's heap has needed a collection, which takes a load, V8 reduces it at rest as ever.
import { setFlagsFromString } from 'node:v8'
import type { App } from 'electron'

/** The second collection at rest frees nothing. */
const OWN_V8 = '--memory-reducer-single-gc'
/** The heap may grow to 32 MB before it is collected for the first time. Starting the page does not need that much. */
const PAGE_V8 = `--no-memory-reducer-for-small-heaps --initial-old-space-size=32 ${OWN_V8}`
const NOT_COMPRESSED = 'CompressParkableStrings'

/** Call it before Electron is ready. What the command line has already set stays. */
export function restQuietly(
  { commandLine }: { commandLine: Pick<App['commandLine'], 'appendSwitch' | 'getSwitchValue'> },
  setOwn: (flags: string) => void = setFlagsFromString,
): void {
  // The switch comes too late for this process, whose V8 runs already.
  setOwn(OWN_V8)
  const add = (name: string, value: string, between: string) => {
    const before = commandLine.getSwitchValue(name)
    commandLine.appendSwitch(name, before === '' ? value : `${before}${between}${value}`)
  }
  add('js-flags', PAGE_V8, ' ')
  add('disable-features', NOT_COMPRESSED, ',')
}
