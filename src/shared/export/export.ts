// The pool on the screen as configurations of real proxies: their files, and what they do otherwise than the lab.
import { composeFile, composeHaproxy, SERVER_PROGRAM } from './compose'
import { envoyDiffers, envoyFile } from './envoy'
import { commented, listedAbove } from './fragment'
import { emptyDifferences, generalDifferences } from './general'
import { haproxyDiffers, haproxyFile } from './haproxy'
import { inComment } from './names'
import { nginxFile, policyPorts } from './nginx'
import { nginxDiffers } from './nginx-pool'
import { nginxScript } from './nginx-script'
import type { ExportedPool, ExportSetup } from './setup'

export const EXPORT_TARGETS = ['haproxy', 'nginx', 'envoy', 'compose'] as const
export type ExportTarget = (typeof EXPORT_TARGETS)[number]

export interface ExportedFile {
  readonly name: string
  readonly text: string
}

interface Program {
  readonly label: string
  /** The program that balances. */
  readonly program: string
  /** Its configuration was run with this program; otherwise it was written by the documentation alone. */
  readonly tested: string | undefined
  /** Its first message decides about a connection. */
  readonly readsMessages: boolean
  /** How the files are started. */
  readonly start: (setup: ExportSetup) => string
  readonly poolDiffers: (pool: ExportedPool) => readonly string[]
  readonly more?: (setup: ExportSetup) => readonly string[]
  readonly files: (setup: ExportSetup, head: readonly string[]) => readonly ExportedFile[]
}

const BUFFER =
  'The policy, and what a hash goes by, have to be within the first 16 kB of a connection’s first message.'

const PROGRAMS: Readonly<Record<ExportTarget, Program>> = {
  haproxy: {
    label: 'HAProxy',
    program: 'HAProxy',
    tested: 'HAProxy 2.6.12; it needs 2.6 or newer',
    readsMessages: true,
    start: () => 'haproxy -f haproxy.cfg',
    poolDiffers: haproxyDiffers,
    more: () => [BUFFER],
    files: (setup, head) => [{ name: 'haproxy.cfg', text: haproxyFile(setup, head) }],
  },
  nginx: {
    label: 'nginx',
    program: 'nginx',
    tested:
      'nginx 1.22.1 and njs 0.7.9 (Debian: nginx, libnginx-mod-stream, libnginx-mod-stream-js)',
    readsMessages: true,
    start: () => 'nginx -c "$PWD/nginx.conf" -g "daemon off;"',
    poolDiffers: nginxDiffers,
    more: () => ['The whole first message has to fit into 16 kB: a longer one is reset.'],
    files: (setup, head) => [
      { name: 'nginx.conf', text: nginxFile(setup, head, 'message') },
      { name: 'roundabout.js', text: nginxScript(setup) },
      { name: 'nginx-ports.conf', text: nginxFile(setup, portsHead(setup), 'port') },
    ],
  },
  envoy: {
    label: 'Envoy',
    program: 'Envoy',
    tested: undefined,
    readsMessages: false,
    start: () => 'envoy -c envoy.yaml',
    poolDiffers: envoyDiffers,
    files: (setup, head) => [{ name: 'envoy.yaml', text: envoyFile(setup, head) }],
  },
  compose: {
    label: 'Docker Compose',
    program: 'HAProxy',
    tested: undefined,
    readsMessages: true,
    start: () => 'docker compose up',
    poolDiffers: haproxyDiffers,
    more: () => [
      BUFFER,
      'The servers are small programs in Python in containers of their own; the lab’s settings of work and misbehaviour are not theirs.',
    ],
    files: (setup, head) => [
      { name: 'compose.yaml', text: composeFile(setup, head) },
      { name: 'haproxy.cfg', text: composeHaproxy(setup, head) },
      { name: 'server.py', text: SERVER_PROGRAM },
    ],
  },
}

/** `HAProxy`. */
export function targetLabel(target: ExportTarget): string {
  return PROGRAMS[target].label
}

/** The program that the files were really run with; undefined: they were written by the documentation alone. */
export function testedWith(target: ExportTarget): string | undefined {
  return PROGRAMS[target].tested
}

/** How the exported files are started. */
export function startCommand(target: ExportTarget, setup: ExportSetup): string {
  return PROGRAMS[target].start(setup)
}

/** Sentences about what the real program will do otherwise than the lab: what holds for all pools first. */
export function differences(setup: ExportSetup, target: ExportTarget): string[] {
  const { program, readsMessages, poolDiffers, more } = PROGRAMS[target]
  return [
    ...emptyDifferences(setup),
    ...generalDifferences(program, readsMessages),
    ...(more?.(setup) ?? []),
    ...byPolicies(setup.pools, poolDiffers),
  ]
}

/** A sentence that holds for several policies is there once, and names them. */
function byPolicies(
  pools: readonly ExportedPool[],
  poolDiffers: (pool: ExportedPool) => readonly string[],
): string[] {
  const policies = new Map<string, string[]>()
  for (const pool of pools) {
    for (const text of poolDiffers(pool)) {
      const named = policies.get(text) ?? []
      if (!named.includes(pool.policy)) policies.set(text, [...named, pool.policy])
    }
  }
  return [...policies].map(([text, named]) =>
    named.length === pools.length && pools.length > 1
      ? `All policies: ${text}`
      : `Polic${named.length === 1 ? 'y' : 'ies'} ${named.map(inComment).join(', ')}: ${text}`,
  )
}

/** The files of a configuration. Their heads say what the real program will do otherwise. */
export function exportedFiles(setup: ExportSetup, target: ExportTarget): readonly ExportedFile[] {
  return PROGRAMS[target].files(setup, headOf(setup, target))
}

function headOf(setup: ExportSetup, target: ExportTarget): string[] {
  const { label, tested, start } = PROGRAMS[target]
  return [
    ...commented(`${inComment(setup.name) || 'A pool'}, exported from Roundabout for ${label}.`),
    ...commented(
      tested === undefined
        ? 'WRITTEN, NOT RUN: by the documentation alone.'
        : `Tested with ${tested}.`,
    ),
    ...commented(`Start: ${start(setup)}`),
    '#',
    '# What it does otherwise than the lab:',
    ...listedAbove(differences(setup, target)),
  ]
}

function portsHead(setup: ExportSetup): string[] {
  const ports = policyPorts(setup)
  const named = setup.pools.map(({ policy }, index) => `${inComment(policy)} on ${ports[index]}`)
  return [
    ...commented(
      `${inComment(setup.name) || 'A pool'}, exported from Roundabout for nginx without njs.`,
    ),
    ...commented(
      `Each policy has a port of its own, and no message is read: ${named.join(', ') || 'there is none'}.`,
    ),
    ...commented(
      'Tested with nginx 1.22.1. Start: nginx -c "$PWD/nginx-ports.conf" -g "daemon off;"',
    ),
    ...commented('nginx.conf, beside this file, says what is otherwise than in the lab.'),
  ]
}
