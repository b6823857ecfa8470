// The test projects: `unit` beside the code, with the whole engine on simulated time in tests/engine; `integration` over
// real sockets; end-to-end in two shells; and the packages.
// Vitest retries nothing: a test that passes on the second try has found something, and is listed (scripts/lib/stages.mjs).
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const setupFiles = ['tests/setup.ts']
/** For tests that share nothing with one another, not even an app. */
const strictSetupFiles = ['tests/setup-leaks.ts', ...setupFiles]

/** The same journeys in a browser and in the desktop window, and what only one of the two has. */
function endToEnd(shell: 'browser' | 'desktop'): TestProjectInlineConfiguration {
  const other = shell === 'browser' ? 'desktop' : 'browser'
  return {
    extends: true,
    test: {
      name: `e2e-${shell}`,
      include: ['tests/e2e/*.e2e.ts'],
      exclude: [`tests/e2e/*.${other}.e2e.ts`],
      provide: { shell },
      setupFiles,
      // To load the modules, and to start a browser, for each file took longer than some of them need.
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // Two pages and one window at a time, as both shells are tested at once: more would wait for a processor of a lab
      // machine. Windows would take the focus from one another.
      maxWorkers: shell === 'browser' ? 2 : 1,
      sequence: { groupOrder: shell === 'browser' ? 2 : 3 },
    },
  }
}

/** They begin first: one that began last would run alone, with the other processors idle. */
const LONGEST = [
  'tests/engine/theory-figures.test.ts',
  'tests/lessons/shipped.test.ts',
  'tests/engine/theory.test.ts',
  'tests/interop/one-idle-client.test.ts',
  'tests/check/servers-and-clients.test.ts',
  'tests/check/lesson-programs.test.ts',
  'tests/property/conservation.test.ts',
  'tests/e2e/accessibility.browser.e2e.ts',
]

/** In a fresh clone vitest knows only how large files are, and the longest ones are small. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      LONGEST.indexOf(relative(this.ctx.config.root, moduleId).replaceAll('\\', '/'))
    const longest = files.filter((file) => place(file) >= 0)
    const others = files.filter((file) => place(file) < 0)
    return [
      ...longest.toSorted((one, other) => place(one) - place(other)),
      ...(await super.sort(others)),
    ]
  }
}

function pictures(name: string, file: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [file],
      provide: { shell: 'browser' },
      setupFiles,
      testTimeout: 120_000,
    },
  }
}

export default defineConfig({
  test: {
    retry: 0,
    // The default leaves one processor free, which is half of a lab machine.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // A poll ends as soon as its condition holds; a busy machine may need longer than a second.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.{ts,tsx}',
            'tests/{engine,lessons}/**/*.test.ts',
            'tests/*.test.ts',
            'scripts/**/*.test.mjs',
          ],
          setupFiles: strictSetupFiles,
          // On a busy machine, a test of two seconds may take more than ten.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // To start a process for each file took longer than its tests. What they share: tests/setup.ts.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/{integration,property,interop,check}/**/*.test.ts'],
          setupFiles: strictSetupFiles,
          // They wait for programs, sockets and real time: with a worker for each processor, a third of these is idle.
          maxWorkers: Math.ceil(1.5 * availableParallelism()),
          sequence: { groupOrder: 1 },
          // What they share: tests/setup.ts.
          isolate: false,
          // One that ran out of time would go on beside those after it. On a busy machine, ten seconds may become sixty.
          testTimeout: 180_000,
          hookTimeout: 30_000,
        },
      },
      endToEnd('browser'),
      endToEnd('desktop'),
      pictures('pictures', 'tests/pictures/pictures.ts'),
      pictures('pictures-readme', 'tests/pictures/readme.ts'),
      {
        extends: true,
        test: {
          name: 'package',
          include: ['tests/package/**/*.test.ts'],
          setupFiles,
          // Makes the packages, once for all files.
          globalSetup: ['tests/package/packages.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One app at a time, and one package in the system.
          fileParallelism: false,
        },
      },
    ],
  },
})
