// `roundabout run FILE`: plays a scenario without a screen, and says what became of its messages.
import { handWords } from '../../../shared/by-hand'
import { labOf } from '../../../shared/compare/comparison'
import { MAX_COMPARED_MS, MAX_SEED } from '../../../shared/limits'
import { flagOption, numberOption, withDefault } from '../../options/option'
import { defineCommand } from '../command'
import { playScenario } from '../play/play'
import { type ComparedSummary, summaryText } from '../play/summary'
import { scenarioFrom } from '../scenario-from'

const INTERRUPTED = 130

export const runCommand = defineCommand({
  name: 'run',
  summary: 'Plays a scenario without a screen and prints what became of its messages',
  details: [
    'In memory, as fast as the machine goes: the same file with the same seed prints the same on every system. The run ends when every message has ended, or after its time. Where no client has traffic, each client sends its message once.',
    'What the file compares is played as well, each under the same arrivals.',
  ],
  words: { shown: 'FILE', min: 1, max: 1 },
  options: {
    seed: numberOption({
      value: 'N',
      what: 'a seed',
      max: MAX_SEED,
      help: 'the seed of all chance, instead of the file’s',
    }),
    for: withDefault(
      numberOption({
        value: 'MS',
        what: 'milliseconds',
        min: 1,
        max: MAX_COMPARED_MS,
        help: 'how much simulated time there is at most',
      }),
      60_000,
    ),
    json: flagOption('print one line of JSON'),
    decisions: flagOption('list the chosen servers of each policy, in order'),
    real: flagOption('on real sockets, in real time'),
  },
  examples: [
    [
      'roundabout run examples/fewest-in-flight.roundabout-scenario',
      'What became of its messages, and what each server did.',
    ],
    [
      'roundabout run lab.roundabout-scenario --seed 7 --for 10000 --json --decisions',
      'Ten seconds under another seed, with every decision, for a script.',
    ],
  ],
  async run({ given, words: [file = ''] }, io) {
    const read = await scenarioFrom(file, io.tell)
    const missing = handWords(read)
    if (missing !== undefined) throw new Error(missing)
    const scenario = given.seed === undefined ? read : { ...read, seed: given.seed }
    const options = {
      forMs: given.for,
      isReal: given.real,
      keepsDecisions: given.decisions,
      stopped: io.stopped,
    }
    const played = await playScenario(scenario, options)
    const compare: ComparedSummary[] = []
    for (const compared of scenario.compare ?? []) {
      const {
        scenario: _,
        seed: _seed,
        ...others
      } = await playScenario(labOf(scenario, compared), options)
      compare.push({ name: compared.name, ...others })
    }
    const summary = { ...played, compare }
    io.print(given.json ? JSON.stringify(summary) : summaryText(summary, io.paint))
    return io.stopped.aborted ? INTERRUPTED : 0
  },
})
