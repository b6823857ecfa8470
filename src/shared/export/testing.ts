// For tests of what is exported: scenarios of one pool, and lines of their files.
import { EMPTY_POOL, type Scenario } from '../scenario'
import type { PoolValues } from '../settings/pool'
import { differences, type ExportTarget, exportedFiles } from './export'
import { setupOfScenario } from './setup'

type Server = Scenario['servers'][number]

/** Servers a, b and c of policy 111, unless they are named otherwise. */
export function scenario(
  pool: Partial<PoolValues>,
  servers: readonly Partial<Server>[] = [{}, {}, {}],
): Scenario {
  return {
    ...EMPTY_POOL,
    name: 'Three servers',
    pools: [{ policy: '111', ...pool }],
    servers: servers.map((server, index) => ({
      id: 'abc'.charAt(index),
      policy: '111',
      ...server,
    })),
  }
}

export function fileOf(target: ExportTarget, exported: Scenario, file = 0): string {
  return exportedFiles(setupOfScenario(exported), target)[file]?.text ?? ''
}

/** The line that begins so, without its comment. */
export function lineIn(text: string, beginning: string | RegExp): string {
  const found = text
    .split('\n')
    .map((line) => line.trim())
    .find((line) =>
      typeof beginning === 'string' ? line.startsWith(beginning) : beginning.test(line),
    )
  return (found ?? '').replace(/ {2,}# .*/, '').trim()
}

export const differs = (target: ExportTarget, exported: Scenario) =>
  differences(setupOfScenario(exported), target).join('\n')
