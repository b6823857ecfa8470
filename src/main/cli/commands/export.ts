// `roundabout export FILE --to PROGRAM`: a scenario's pools as configurations of a real proxy.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  differences,
  EXPORT_TARGETS,
  exportedFiles,
  startCommand,
  testedWith,
} from '../../../shared/export/export'
import { type ExportSetup, setupOfScenario } from '../../../shared/export/setup'
import { choiceOption, flagOption, pathOption, portOption, required } from '../../options/option'
import { defineCommand } from '../command'
import { writeFault } from '../file-fault'
import { scenarioFrom } from '../scenario-from'

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Writes a scenario’s pools as configurations of HAProxy, nginx, Envoy or Docker Compose',
  details: [
    'First it says on standard error what the real program does otherwise than the lab. A scenario names no ports of servers: server 100 is expected on port 9100 of this machine, and the files can be edited. Those of HAProxy and nginx are tested with the real programs; those of Envoy and Docker Compose are written, not run.',
  ],
  words: { shown: 'FILE', min: 1, max: 1 },
  options: {
    to: required(choiceOption(EXPORT_TARGETS, { value: 'PROGRAM', help: 'the real program' })),
    output: pathOption({
      value: 'FOLDER',
      what: 'a folder',
      help: 'where the files are written; left out, a single file goes to standard output',
    }),
    port: portOption('where the real proxy listens (2200)'),
    json: flagOption('prints one line of JSON: target, tested, differences, files'),
  },
  examples: [
    ['roundabout export lesson.roundabout-scenario --to haproxy', 'Prints haproxy.cfg.'],
    [
      'roundabout export lesson.roundabout-scenario --to nginx --output real',
      'Writes nginx.conf, roundabout.js and nginx-ports.conf.',
    ],
  ],
  async run({ given: { to, output, port, json }, words: [path = ''] }, io) {
    const scenario = await scenarioFrom(path, io.tell)
    const setup = withPort(setupOfScenario(scenario), port)
    const files = exportedFiles(setup, to)
    const differs = differences(setup, to)
    if (json) {
      if (output !== undefined) throw new Error('Give either --json or --output, not both.')
      const tested = testedWith(to) ?? null
      io.print(JSON.stringify({ target: to, tested, differences: differs, files }))
      return 0
    }
    for (const text of differs) io.tell(`- ${text}`)
    const [first, ...others] = files
    if (output === undefined) {
      if (first === undefined || others.length > 0) {
        const names = files.map(({ name }) => name).join(', ')
        throw new Error(`These are ${files.length} files (${names}): add --output FOLDER.`)
      }
      io.print(first.text.trimEnd())
      return 0
    }
    try {
      await mkdir(output, { recursive: true })
      for (const { name, text } of files) {
        await writeFile(join(output, name), text)
        io.print(join(output, name))
      }
    } catch (error) {
      throw new Error(`${output} cannot be written: ${writeFault(error)}`)
    }
    io.tell(`Start it there: ${startCommand(to, setup)}`)
    return 0
  },
})

function withPort(setup: ExportSetup, port: number | undefined): ExportSetup {
  return port === undefined ? setup : { ...setup, port }
}
