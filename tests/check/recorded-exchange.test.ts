// The exchange of a failed requirement as a recording, which the app's own reader opens.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkProgram, requirementsOf } from '../../src/main/check'
import { checkRecording, FLIGHT_MS } from '../../src/shared/check/recording'
import type { Evidence } from '../../src/shared/check/result'
import { PROXY } from '../../src/shared/ids'
import type { ProgramKind } from '../../src/shared/program-command'
import { RecordingReader } from '../../src/shared/recording/reader'
import type { Packet, State } from '../../src/shared/state/state'
import { deflate } from '../support/recorded-stories'

const hasPython = spawnSync('python3', ['--version']).status === 0

const OPTIONS: Readonly<Record<ProgramKind, string>> = {
  proxy: '-port {port}',
  server: '-id {id} -pp {policy} -listen {listen} -revproc {revproc}',
  client: '-id {id} -revproc {revproc} -pkt {packet}',
}

/** The evidence against a program in which the fault of this requirement is planted, and the end of its recording. */
async function recorded(
  subject: ProgramKind,
  fault: string,
): Promise<{ evidence: Evidence; state: State }> {
  const program = join(import.meta.dirname, 'programs', `${subject}.py`)
  const { requirements } = await checkProgram({
    kind: subject,
    source: { command: `python3 "${program}" ${OPTIONS[subject]} -fault ${fault}` },
    program: fault,
    limits: { startMs: 10_000, answerMs: 1_500 },
    rubric: {
      leaveOut: requirementsOf(subject).flatMap(({ id }) => (id === fault ? [] : [id])),
    },
  })
  const evidence = requirements[0]?.evidence
  if (evidence === undefined) throw new Error(`${fault} has not failed.`)
  const sha1 = async (text: string) => createHash('sha1').update(text).digest('hex')
  const bytes = await checkRecording({ subject, id: fault, evidence }, { deflate, sha1 })
  const reader = new RecordingReader()
  const { to } = await reader.open(bytes)
  return { evidence, state: await reader.seek({ at: to }) }
}

function packetsOf({ packets }: State): Packet[] {
  const all: Packet[] = []
  for (let index = packets.first; index < packets.end; index++) {
    const packet = packets.at(index)
    if (packet) all.push(packet)
  }
  return all
}

/** `client:1 → proxy`: what kind of packet, from whom to whom. */
const way = ({ kind, from, to }: Packet) => `${kind}: ${from} → ${to}`
const lastLines = ({ logs }: State, node: string) => logs.get(node)?.map(({ text }) => text) ?? []

describe.skipIf(!hasPython)('the recorded exchange', () => {
  it('of a proxy has the check’s clients, the proxy and the check’s servers', async () => {
    const { state, evidence } = await recorded('proxy', 'round-robin')
    expect(state.scenario).toBe('Homework check: round-robin')
    expect(state.foreign).toMatchObject({
      name: 'Your proxy',
      kind: 'checked',
      seen: 6,
      expected: 6,
    })
    expect(state.foreign?.inTurn).toBeLessThan(6)
    expect([...state.nodes.keys()]).toEqual([PROXY, 'server:100', 'server:200', 'client:1'])
    expect([...state.rows.values()].map(({ server, policy }) => [server, policy])).toEqual([
      ['100', '111'],
      ['200', '111'],
    ])
    const [first, second, ...rest] = packetsOf(state)
    expect([first, second].map((packet) => packet && way(packet))).toEqual([
      '1: server:100 → proxy',
      '1: server:200 → proxy',
    ])
    const [, came = ''] = /went to (.+)/.exec(evidence.came) ?? []
    const servers = came.split(/, | and /)
    expect(rest.map(way)).toEqual(
      servers.flatMap((server) => [
        '0: client:1 → proxy',
        `0: proxy → server:${server}`,
        `2: server:${server} → proxy`,
        '2: proxy → client:1',
      ]),
    )
    expect(state.totals.exchanges).toEqual({ begun: 6, answered: 6, refused: 0, lost: 0 })
    expect(state.totals.verdicts.correct).toBe(6)
    expect(lastLines(state, PROXY).slice(-2)).toEqual([
      `The check expected ${evidence.expected}`,
      `But ${evidence.came}`,
    ])
  })

  it('shows each message on its way, and none before that which it follows from', async () => {
    const { state } = await recorded('proxy', 'round-robin')
    const packets = packetsOf(state)
    for (const { sentAt, endedAt = 0 } of packets) expect(endedAt - sentAt).toBeCloseTo(FLIGHT_MS)
    const ofExchanges = packets.filter(({ exchange }) => exchange !== 0)
    for (const [index, { sentAt }] of ofExchanges.entries()) {
      const before = ofExchanges[index - 1]
      if (before) expect(sentAt).toBeGreaterThanOrEqual(before.endedAt ?? 0)
    }
  })

  it('of a program that hangs ends when the check has waited', async () => {
    const { state, evidence } = await recorded('proxy', 'joined-messages')
    expect(evidence.came).toContain('nothing came')
    const packets = packetsOf(state)
    const asked = packets.filter(({ kind, from }) => kind === 0 && from === 'client:1')
    expect(asked).toHaveLength(2)
    // Both came by one write.
    expect(asked.map(({ pieces }) => pieces?.length)).toEqual([1, 1])
    expect(packets.filter(({ exchange }) => exchange === asked[1]?.id)).toHaveLength(1)
    expect(state.at - (packets.at(-1)?.sentAt ?? 0)).toBeGreaterThanOrEqual(1_400)
    expect(state.totals.exchanges).toMatchObject({ begun: 2, answered: 1, lost: 0 })
  })

  it('of a program that closes has the pieces of the message, and its last words', async () => {
    const { state } = await recorded('proxy', 'split-message')
    const asked = packetsOf(state).find(({ kind }) => kind === 0)
    expect(asked?.pieces).toHaveLength(2)
    expect(asked?.pieces?.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(asked?.bytes.length)
    expect(state.totals.exchanges).toMatchObject({ begun: 1, answered: 0, lost: 1 })
    expect(lastLines(state, PROXY)).toContainEqual(expect.stringContaining('NoJson'))
  })

  it('has long messages whole', async () => {
    const { state } = await recorded('proxy', 'payload-200000')
    const longest = Math.max(...packetsOf(state).map(({ bytes }) => bytes.length))
    expect(longest).toBeGreaterThan(200_000)
  })

  it('of a server has the check’s proxy', async () => {
    const { state } = await recorded('server', 'fresh-hash')
    expect([...state.nodes.keys()]).toEqual([PROXY, 'outside:server:100'])
    expect(state.nodes.get(PROXY)?.origin).toBe('inside')
    expect(packetsOf(state).map(way)).toEqual([
      '1: outside:server:100 → proxy',
      '0: proxy → outside:server:100',
      '2: outside:server:100 → proxy',
      '0: proxy → outside:server:100',
      '2: outside:server:100 → proxy',
    ])
    expect(packetsOf(state).map(({ verdict }) => verdict)).toEqual([
      undefined,
      undefined,
      'correct',
      undefined,
      'wrong',
    ])
  })

  it('of a client has its question and the check’s answer', async () => {
    const { state } = await recorded('client', 'split-answer')
    const [question, answer] = packetsOf(state)
    // Its id is the port that the check keeps free for it, since some clients bind theirs.
    const client = question?.from
    expect(client).toMatch(/^outside:client:\d+$/)
    expect(question && way(question)).toBe(`0: ${client} → proxy`)
    expect(answer && way(answer)).toBe(`2: proxy → ${client}`)
    expect(answer?.exchange).toBe(question?.id)
    expect(answer?.pieces).toHaveLength(2)
  })
})
