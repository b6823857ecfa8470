// `roundabout replay RECORDING`: what a node of a recording printed, line by line.
import { setTimeout as wait } from 'node:timers/promises'
import { nodeId } from '../../../shared/fields'
import { PROXY } from '../../../shared/ids'
import { MAX_PAST_SPEED } from '../../../shared/limits'
import { INITIAL_STATE } from '../../../shared/state/initial-state'
import { reduce } from '../../../shared/state/reduce'
import { flagOption, numberOption, withDefault } from '../../options/option'
import { schemaOption } from '../../options/schema-option'
import { defineCommand } from '../command'
import { jsonLine, linesOf, painted } from '../programs/lines'
import { recordingFrom } from '../recording-from'

const EVENTS_AT_ONCE = 2_000

export const replayCommand = defineCommand({
  name: 'replay',
  summary: 'Prints what the programs of a recording printed',
  words: { shown: 'RECORDING', min: 1, max: 1 },
  options: {
    node: withDefault(
      schemaOption(nodeId, {
        value: 'NODE',
        help: 'whose lines: proxy, server:100, client:1, outside:client:7',
      }),
      PROXY,
    ),
    speed: numberOption({
      value: 'N',
      what: 'a speed',
      min: 1,
      max: MAX_PAST_SPEED,
      help: 'in time, so many times as fast as it was; without it, at once',
    }),
    json: flagOption('print every event as a line of JSON'),
  },
  examples: [
    ['roundabout replay lesson.roundabout', 'The lines of the proxy.'],
    [
      'roundabout replay lesson.roundabout --node server:100 --speed 2',
      'A server’s, twice as fast.',
    ],
  ],
  async run({ given: { node: id, speed, json }, words: [path = ''] }, io) {
    const reader = await recordingFrom(path, io.tell)
    const { from, firstSeq, lastSeq } = reader.extent
    let state = firstSeq > 1 ? await reader.seek({ seq: firstSeq - 1 }) : INITIAL_STATE
    let at = from
    for (let seq = firstSeq - 1; seq < lastSeq; seq += EVENTS_AT_ONCE) {
      for (const event of await reader.events(seq, EVENTS_AT_ONCE)) {
        if (io.stopped.aborted) return 0
        state = reduce(state, [event])
        const known = state.nodes.get(id)
        const node = known ?? { id, role: 'unknown', origin: 'inside' }
        const lines = json
          ? [jsonLine(event)]
          : linesOf(event, () => state, node).map((line) => painted(line, io.paint))
        if (lines.length === 0) continue
        if (speed !== undefined && event.at > at) {
          await wait((event.at - at) / speed, undefined, { signal: io.stopped }).catch(() => {})
          at = event.at
        }
        for (const line of lines) io.print(line)
      }
    }
    return 0
  },
})
