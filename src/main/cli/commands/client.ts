// `roundabout client`: a client of the homework, as a program of its own.
import { readFile } from 'node:fs/promises'
import { errorText } from '../../../shared/error-text'
import { MAX_SEND_COUNT } from '../../../shared/limits'
import { type ClientMessage, readMessage } from '../../../shared/protocol/message'
import { CLIENT_SETTINGS } from '../../../shared/settings/client'
import { startLoneClient } from '../../engine/index'
import { numberOption, pathOption, withDefault } from '../../options/option'
import { settingOptions } from '../../options/setting-options'
import { defineCommand } from '../command'
import { readFault } from '../file-fault'
import { jsonLine, linesOf, painted } from '../programs/lines'
import { DEFAULT_REVPROC, ID, JSON_EVENTS, policyOption, REVPROC, SEED } from '../programs/options'

/** Some message had no right answer. */
const NOT_ALL_RIGHT = 1

export const clientCommand = defineCommand({
  name: 'client',
  summary: 'A client: sends a message to a proxy and checks the hash in its answer',
  details: [
    'It prints what the homework’s client prints, and ends when every message has its answer: with exit status 0 if all were right, else with 1. Its traffic ends by itself, or with Ctrl+C.',
  ],
  options: {
    id: ID,
    revproc: REVPROC,
    pkt: pathOption({
      value: 'FILE',
      what: 'a file',
      help: 'the message, as JSON: {"type": 0, "srcid": 1, "privPoliId": 111, "payload": "xyz"}',
    }),
    pp: policyOption('the privacy policy that it asks for, without or instead of the file’s'),
    ...settingOptions(CLIENT_SETTINGS),
    count: withDefault(
      numberOption({
        value: 'N',
        what: 'a number',
        min: 1,
        max: MAX_SEND_COUNT,
        help: 'how many times it sends its message',
      }),
      1,
    ),
    seed: SEED,
    json: JSON_EVENTS,
  },
  examples: [
    [
      'roundabout client -id 1 -revproc 2100 -pkt packet.json',
      'Client 1 sends the message in the file, as in the homework.',
    ],
    [
      'roundabout client -id 1 -pp 111 --payload xyz --traffic pattern=poisson,perSecond=20,forMs=10000',
      'Ten seconds of messages at random times.',
    ],
  ],
  async run({ given }, io) {
    const packet = given.pkt === undefined ? undefined : await messageIn(given.pkt)
    const id = given.id ?? packet?.source
    const policy = given.pp ?? packet?.policy
    if (id === undefined) throw new Error('--id is missing: add --id ID, or --pkt FILE.')
    if (policy === undefined) throw new Error('--pp is missing: add --pp POLICY, or --pkt FILE.')
    const { traffic, seed, json, count } = given
    const payload = given.payload ?? packet?.payload ?? `xyz${id}`

    const node = { id: `client:${id}`, role: 'client', origin: 'inside' } as const
    const ended = { right: 0, others: 0 }
    let changed = () => {}
    const client = startLoneClient({
      id,
      policy,
      proxy: given.revproc ?? DEFAULT_REVPROC,
      seed,
      settings: { payload, ...(traffic && { traffic }) },
      follow: (event, state) => {
        if (json) io.print(jsonLine(event))
        else for (const line of linesOf(event, state, node)) io.print(painted(line, io.paint))
        if (event.type === 'answer.verified' && event.verdict === 'correct') ended.right++
        if (event.type === 'exchange.finished') ended.others++
        if (event.type === 'exchange.finished' || event.type === 'traffic.changed') changed()
      },
    })
    await new Promise<void>((resolve) => {
      // The actor counts its message after it has reported it.
      changed = () => setImmediate(() => client.isDone && resolve())
      io.stopped.addEventListener('abort', () => resolve(), { once: true })
      client.start(count)
    })
    await client.close()
    return ended.right === ended.others ? 0 : NOT_ALL_RIGHT
  },
})

async function messageIn(path: string): Promise<ClientMessage> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${readFault(error)}`)
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`${path} cannot be read as JSON: ${errorText(error)}`)
  }
  const read = readMessage(value)
  if (!read.ok) throw new Error(`${path}: ${read.fault.message}`)
  if (read.value.type !== 0)
    throw new Error(`${path} is no message of a client: its type is not 0.`)
  return read.value
}
