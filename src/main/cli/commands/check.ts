// `roundabout check`: runs a student's program against the protocol, and reports.
import { readFile } from 'node:fs/promises'
import { classReport, faultReport, REPORT_FORMATS, reportOf } from '../../../shared/check/report'
import { type HomeworkResult, tallyOf } from '../../../shared/check/result'
import { errorText } from '../../../shared/error-text'
import {
  checkEach,
  checkProgram,
  DEFAULT_LIMITS,
  readRubric,
  requirementsOf,
} from '../../check/index'
import {
  choiceOption,
  flagOption,
  type GivenOptions,
  numberOption,
  pathOption,
  portOption,
  withDefault,
} from '../../options/option'
import { isOffline, type ProgramKind, ranOffline, sandboxFault } from '../../programs'
import { defineCommand } from '../command'
import { readFault } from '../file-fault'
import type { Io } from '../io'

const KINDS: readonly ProgramKind[] = ['proxy', 'server', 'client']
const LONGEST_LIMIT_MS = 600_000
const STOPPED = 130
const NOT_RUN = 2

const milliseconds = (help: string) =>
  numberOption({ value: 'MS', what: 'milliseconds', min: 1, max: LONGEST_LIMIT_MS, help })

const OPTIONS = {
  command: pathOption({
    value: 'COMMAND',
    what: 'a command line in quotes',
    help: 'how the program is started; {port}, {revproc}, {listen}, {id}, {policy}, {packet} are filled in',
  }),
  port: portOption('instead: the port on which it listens already'),
  format: withDefault(
    choiceOption(REPORT_FORMATS, {
      value: 'FORMAT',
      help: `how it is reported: ${REPORT_FORMATS.join(', ')}`,
    }),
    'text',
  ),
  json: flagOption('the same as --format json: one line'),
  rubric: pathOption({
    value: 'FILE',
    what: 'a file',
    help: 'points for requirements, and those to leave out',
  }),
  lanes: withDefault(
    numberOption({
      value: 'N',
      what: 'a number',
      min: 1,
      max: 32,
      help: 'how many requirements are tried at once',
    }),
    4,
  ),
  each: pathOption({
    value: 'FOLDERS',
    what: 'a pattern in quotes',
    help: 'checks a class: the command is run in each of these folders, {dir} is its path',
  }),
  results: withDefault(
    pathOption({
      value: 'DIR',
      what: 'a folder',
      help: 'with --each: where NAME.json and NAME.html are kept; what is there is not checked again',
    }),
    'homework-check',
  ),
  jobs: withDefault(
    numberOption({
      value: 'N',
      what: 'a number',
      min: 1,
      max: 16,
      help: 'with --each: how many submissions are checked at once',
    }),
    2,
  ),
  sandbox: flagOption(
    'runs the program by bubblewrap (Linux): without your files and network, on a read-only system',
  ),
  startLimit: withDefault(
    milliseconds('the longest wait until it listens'),
    DEFAULT_LIMITS.startMs,
  ),
  answerLimit: withDefault(milliseconds('the longest wait for an answer'), DEFAULT_LIMITS.answerMs),
}

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Runs a program against the protocol, one requirement after another',
  details: [
    'Each requirement gets a fresh start of the program. First its dialect is found (numbers or texts, spelling of the keys); everything else is then asked in that dialect.',
    'The exit status is 0 if all passed, 1 if something failed, 2 if it could not be run.',
  ],
  words: { shown: KINDS.join('|'), min: 1, max: 1, choices: KINDS },
  options: OPTIONS,
  examples: [
    [`roundabout check proxy --command 'python3 reverse_proxy.py -port {port}'`, 'checks a proxy'],
    ['roundabout check proxy --port 2100', 'checks one that runs already, without fresh starts'],
    [
      `roundabout check server --command 'python3 server.py -id {id} -pp {policy} -listen {listen} -revproc {revproc}'`,
      'checks a server',
    ],
    [
      `roundabout check client --command 'python3 client.py -id {id} -revproc {revproc} -pkt {packet}'`,
      'checks a client, with a packet in a file',
    ],
    [
      `roundabout check proxy --each 'submissions/*' --command 'python3 {dir}/proxy.py -port {port}' --format csv`,
      'checks a class; run again, it continues where it was stopped',
    ],
    [
      `roundabout check proxy --command 'node proxy.js {port}' --format junit`,
      'reports for a continuous integration',
    ],
  ],
  async run({ given: options, words }, io) {
    const given = withJson(options)
    const kind = KINDS.find((one) => one === words[0])
    if (kind === undefined) throw new Error(`What can be checked is ${KINDS.join(', ')}.`)
    const known = requirementsOf(kind).map(({ id }) => id)
    const rubric = given.rubric === undefined ? {} : readRubric(await rubricIn(given.rubric), known)
    const fault = given.sandbox ? sandboxFault() : undefined
    if (fault !== undefined) throw new Error(fault)
    const offline = given.sandbox ? await offlineStatus(io) : undefined
    if (offline !== undefined) {
      if (io.stopped.aborted && given.each !== undefined) tellOfResuming(given, io)
      return offline
    }
    const settings = {
      kind,
      rubric,
      lanes: given.lanes,
      limits: { startMs: given.startLimit, answerMs: given.answerLimit },
      signal: io.stopped,
    }
    return given.each === undefined
      ? one({ ...settings, source: sourceFrom(given) }, given, io)
      : aClass({ ...settings, pattern: given.each }, given, io)
  },
})

type Given = GivenOptions<typeof OPTIONS>
type Options = Omit<Parameters<typeof checkProgram>[0], 'program' | 'source'>

/** With `--json` the format is that. */
function withJson(given: Given): Given {
  const { json, format } = given
  if (!json) return given
  if (format !== 'text' && format !== 'json') {
    throw new Error('Give either --json or --format, not both.')
  }
  return { ...given, format: 'json' }
}

async function rubricIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new Error(`${path} cannot be read: ${readFault(error)}`)
  }
}

async function one(
  options: Options & Pick<Parameters<typeof checkProgram>[0], 'source'>,
  { command, port, format }: Given,
  io: Io,
): Promise<number> {
  const progress = progressOn(io)
  const program = command ?? `port ${port}`
  const result = await checkProgram({ ...options, program, onChecked: progress.step }).catch(
    (error: unknown) => {
      const report = faultReport(errorText(error), format)
      if (report !== undefined) io.print(report)
      throw error
    },
  )
  progress.end()
  if (io.stopped.aborted) return STOPPED
  io.print(reportOf(result, format, io.paint))
  return exitStatus([result])
}

async function aClass(
  options: Options & { pattern: string },
  { command, format, results, jobs, sandbox }: Given,
  io: Io,
): Promise<number> {
  if (command === undefined) throw new Error('--each needs --command, too.')
  if (classReport([], format) === undefined) {
    throw new Error(
      'A class is reported as text, json or csv; each submission has a page of its own.',
    )
  }
  const onProgress = (words: string) => io.tell(words)
  const checked = await checkEach({
    ...options,
    command,
    results,
    jobs,
    isSandboxed: sandbox,
    onProgress,
  })
  if (io.stopped.aborted) {
    tellOfResuming({ results }, io)
    return STOPPED
  }
  io.print(classReport(checked, format) ?? '')
  return exitStatus(checked)
}

function tellOfResuming({ results }: Pick<Given, 'results'>, io: Io): void {
  // Within a sandbox this process has been ended already, and the one outside tells.
  io.tell(`Stopped. The same command continues: what is in ${results} is not checked again.`)
}

/** Runs the whole command without a network; undefined: it runs so already, or cannot, which is then said. */
async function offlineStatus(io: Io): Promise<number | undefined> {
  if (isOffline()) return undefined
  const status =
    io.startedBy === undefined
      ? 'this command cannot start itself again.'
      : await ranOffline(io.startedBy, io.stopped)
  if (typeof status === 'number') return status
  io.tell(`The sandbox cannot cut off the network here, and the program keeps it: ${status}`)
  return undefined
}

function sourceFrom({ command, port, sandbox }: Given) {
  if (command !== undefined && port !== undefined) {
    throw new Error('Give either --command or --port, not both.')
  }
  if (port !== undefined && sandbox) {
    throw new Error(
      '--sandbox needs --command: a program that runs already cannot be put into one.',
    )
  }
  if (port !== undefined) return { port }
  if (command === undefined)
    throw new Error('--command says how the program is started; or --port, if it runs.')
  return { command, isSandboxed: sandbox }
}

function exitStatus(results: readonly HomeworkResult[]): number {
  const tallies = results.map(tallyOf)
  if (tallies.every(({ failed, passed }) => failed + passed === 0)) return NOT_RUN
  return tallies.every(({ failed, passed }) => failed === 0 && passed > 0) ? 0 : 1
}

/** On a terminal one line, drawn again and again; nothing elsewhere. */
function progressOn({ terminal }: Io): { step(): void; end(): void } {
  let done = 0
  return {
    step() {
      done += 1
      terminal?.draw(`\r${done} tried`)
    },
    end() {
      terminal?.draw('\r\u001b[K')
    },
  }
}
