// Tests that every direction rule fires on a breach: a rule that matches nothing would look like a
// clean project.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs')

/** Rule → the file that breaks it, and what it says. */
const BREACHES = {
  'no-cycles': ['src/shared/cycle-back.ts', "import './cycle'"],
  'everything-is-found': ['src/shared/lost.ts', "import './nowhere'"],
  'shared-stands-alone': ['src/shared/node.ts', "import type { Stats } from 'node:fs'"],
  'engine-knows-no-host': ['src/main/engine/window.ts', "import { app } from 'electron'"],
  'sockets-only-in-net': ['src/main/engine/socket.ts', "import type { Socket } from 'node:net'"],
  'decisions-without-io': ['src/main/engine/proxy/core.ts', "import { hash } from 'node:crypto'"],
  'engine-clock-below-net-protocol-story': ['src/main/engine/clock/a.ts', "import '../net/tcp'"],
  'engine-net-protocol-story-below-links-pools-guests': [
    'src/main/engine/story/a.ts',
    "import '../net/tcp'",
  ],
  'engine-links-pools-guests-below-proxy': ['src/main/engine/links/a.ts', "import '../commands/a'"],
  'engine-proxy-below-actors': ['src/main/engine/proxy/host.ts', "import '../actors/a'"],
  'engine-actors-below-foreign': ['src/main/engine/actors/b.ts', "import '../commands/a'"],
  'engine-foreign-below-commands': ['src/main/engine/foreign/a.ts', "import '../commands/a'"],
  'engine-has-one-door': ['src/main/headless/peek.ts', "import '../engine/socket'"],
  'log-for-both-shells': ['src/main/log/shell.ts', "import { app } from 'electron'"],
  'compare-knows-no-host': ['src/main/compare/window.ts', "import { app } from 'electron'"],
  'check-knows-no-host': ['src/main/check/window.ts', "import { app } from 'electron'"],
  'web-knows-no-host': ['src/main/web/window.ts', "import { app } from 'electron'"],
  'room-knows-no-host': ['src/main/room/window.ts', "import { app } from 'electron'"],
  'room-has-one-door': ['src/main/desktop/class.ts', "import '../room/window'"],
  'lessons-know-no-host': ['src/main/lessons/window.ts', "import { app } from 'electron'"],
  'lessons-have-one-door': ['src/main/desktop/lesson.ts', "import '../lessons/window'"],
  'programs-know-no-use': ['src/main/programs/peek.ts', "import '../check/window'"],
  'programs-have-one-door': ['src/main/check/peek.ts', "import '../programs/peek'"],
  'desktop-not-headless': ['src/main/desktop/other.ts', "import '../headless/peek'"],
  'headless-not-desktop': ['src/main/headless/other.ts', "import '../desktop/other'"],
  'cli-by-doors': ['src/main/cli/peek.ts', "import '../engine/net/tcp'"],
  'nobody-imports-the-cli': ['src/main/desktop/line.ts', "import '../cli/a'"],
  'main-not-renderer': ['src/main/desktop/screen.ts', "import '../../renderer/src/lab/a'"],
  'preload-is-thin': ['src/preload/disk.ts', "import 'node:fs'"],
  'renderer-not-main': ['src/renderer/src/reach.tsx', "import type {} from '../../main/desktop/a'"],
  'renderer-no-node': [
    'src/renderer/src/disk.tsx',
    "import 'node:fs'\nexport const a = <b c={1} />",
  ],
  'line-and-choices-first': ['src/renderer/src/choices/live.ts', "import '../lab/a'"],
  'lab-then-past': ['src/renderer/src/lab/moment.ts', "import '../past/a'"],
  'past-not-screen': ['src/renderer/src/past/draw.ts', "import '../ui/a'"],
  'ui-not-actions': ['src/renderer/src/ui/button.tsx', "import '../actions/a'"],
  'actions-not-features': ['src/renderer/src/actions/show.ts', "import '../table'"],
  'features-not-shell': ['src/renderer/src/table/arranged.ts', "import type {} from '../shell/a'"],
  'features-by-index': ['src/renderer/src/shell/peek.ts', "import '../table/rows'"],
  'no-feature-loops': ['src/renderer/src/forms/rows.ts', "import '../table'"],
  'room-page-is-small': ['src/renderer/src/room-page/whole.ts', "import '../lab/a'"],
  'packets-alone': ['src/renderer/src/canvas/packets/bar.ts', "import '../../forms'"],
  'tests-stay-tests': ['src/shared/assert.ts', "import { expect } from 'vitest'"],
}

/** What the breaches import, and what is allowed, each a clean file. */
const CLEAN = {
  'src/shared/cycle.ts': "import './cycle-back'",
  'src/shared/schema.ts': "import * as v from 'valibot'\nexport const a = v.string()",
  'src/shared/text.ts': "import { parseTree } from 'jsonc-parser'\nexport const a = parseTree",
  'src/shared/schema.test.ts': "import { it } from 'vitest'\nimport 'node:fs'",
  'src/main/engine/index.ts': "import '../../shared/schema'\nimport 'node:crypto'",
  'src/main/engine/net/tcp.ts': "import 'node:net'",
  'src/main/engine/actors/a.ts': "import '../net/tcp'",
  'src/main/engine/commands/a.ts': "import '../actors/a'",
  'src/main/headless/cli.ts': "import '../engine'\nimport 'ws'\nimport 'node:http'",
  'src/main/cli/a.ts': "import '../engine/index'\nimport 'node:fs'",
  'src/main/desktop/a.ts': "import '../engine'\nimport { app } from 'electron'",
  'src/renderer/src/lab/a.ts': "import '../../../shared/schema'\nimport 'zustand'",
  'src/renderer/src/shell/a.tsx':
    "import '../table'\nimport '../table/table.css'\nimport 'react'\nexport const a = <b c={1} />",
  'src/renderer/src/line/a.ts': '',
  'src/renderer/src/choices/a.ts': '',
  'src/renderer/src/past/a.ts': "import '../lab/a'\nimport '../choices/a'",
  'src/renderer/src/past/a.test.ts': "import '../lab/testing'",
  'src/renderer/src/lab/testing.ts': "import './a'",
  'src/renderer/src/ui/a.ts': "import '../choices/a'",
  'src/renderer/src/actions/a.ts': "import '../ui/a'\nimport '../past/a'",
  'src/renderer/src/table/rows.ts': "import '../actions/a'",
  'src/renderer/src/table/table.css': '',
  'src/renderer/src/table/index.ts': "import './rows'\nimport '../forms'",
  'src/renderer/src/forms/index.ts': "import '../ui/a'",
  'src/renderer/src/canvas/packets/a.ts': "import '../../lab/a'",
}

let folder
let output

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roundabout-directions-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [path, text] of [...Object.values(BREACHES), ...Object.entries(CLEAN)]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), `${text}\nexport {}\n`)
  }
  const script = join(root, 'scripts/lint-directions.mjs')
  const run = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' })
  output = run.stdout + run.stderr
  expect(run.status, output).toBe(1)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

describe('the direction rules', () => {
  it('are each tried here', () => {
    expect(Object.keys(BREACHES)).toEqual(forbidden.map(({ name }) => name))
  })

  it.each(Object.entries(BREACHES))('%s fires', (rule, [file]) => {
    const { scope } = forbidden.find(({ name }) => name === rule)
    expect(output).toContain(`error ${rule}: ${scope === 'folder' ? dirname(file) : file} →`)
  })

  it('leave alone what is allowed', () => {
    const blamed = Object.keys(CLEAN).filter(
      (file) => file !== 'src/shared/cycle.ts' && output.includes(`: ${file} →`),
    )
    expect(blamed).toEqual([])
  })
})
