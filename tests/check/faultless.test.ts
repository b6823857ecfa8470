// Faultless proxies pass the homework check: in Python, in Node, and the lab's own.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkProxy } from '../../src/main/check/check-proxy'
import { createEngine } from '../../src/main/engine'
import { freePort, proxyByCommand, type StartProxy } from '../../src/main/programs'
import type { HomeworkResult } from '../../src/shared/check/result'
import { EMPTY_POOL } from '../../src/shared/scenario'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('There is no python3 here: the Python proxy is not checked.')

/** The long form: each is checked that many times. */
const TIMES = Number(process.env.CHECK_LONG_FORM ?? 1)
const EACH_TIME = Array.from({ length: TIMES }, (_, time) => time + 1)

async function passes(start: StartProxy): Promise<void> {
  const result = await checkProxy({ start, program: 'faultless' })
  expect(notPassed(result)).toEqual([])
  expect(result.dialect).toBe('as assigned')
}

const program = (name: string) => join(import.meta.dirname, 'programs', name)

const ourOwn: StartProxy = async () => {
  const proxyPort = await freePort()
  const scenario = EMPTY_POOL
  const engine = await createEngine({ proxyPort, latencyMs: 0, scenario, isRecorded: false })
  return {
    port: proxyPort,
    end: () => undefined,
    lines: [],
    stop: () => engine.close(),
  }
}

function notPassed({ requirements }: HomeworkResult): string[] {
  return requirements.flatMap(({ id, outcome, how, reason, evidence }) =>
    outcome === 'passed'
      ? []
      : [`${id}: ${how ?? reason} ${evidence?.expected} ${evidence?.came} ${evidence?.lastWords}`],
  )
}

describe('a faultless proxy passes everything', () => {
  const inPython = `python3 "${program('proxy.py')}" -port {port}`
  const inNode = `"${process.execPath}" "${program('proxy.mjs')}" -port {port}`

  it.skipIf(!hasPython).each(EACH_TIME)('in Python (%i)', () =>
    passes(proxyByCommand({ command: inPython })),
  )
  it.each(EACH_TIME)('in Node (%i)', () => passes(proxyByCommand({ command: inNode })))
  it.each(EACH_TIME)('of the lab itself (%i)', () => passes(ourOwn))
})
