// The notice about a recording that a newer version wrote.
import type { LoadedRecording } from './loaded-recording'

/** A sentence about what was omitted from such a recording; undefined: nothing was. */
export function noticeOf({ head, open, unknownBlocks }: LoadedRecording): string | undefined {
  if (head === undefined || open.translation === undefined) return undefined
  const { events, fields, words } = open.translation.leftOut
  const counts: [number, string, string][] = [
    [events.size, 'kind of event', 'kinds of events'],
    [fields.size, 'field', 'fields'],
    [words.size, 'value', 'values'],
    [unknownBlocks, 'block', 'blocks'],
  ]
  const found = counts.filter(([count]) => count > 0)
  if (found.length === 0) return undefined
  const total = found.reduce((sum, [count]) => sum + count, 0)
  const parts = found.map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
  const list = new Intl.ListFormat('en').format(parts)
  const verb = total === 1 ? 'is' : 'are'
  return `This recording was written by a newer Roundabout (${head.app}). ${list} that this version does not know ${verb} left out.`
}
