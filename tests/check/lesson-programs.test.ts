// The lessons about writing a program are played from an empty file, which fails, to a green check, stage by stage. The files
// of the stages are in tests/lessons/programs: what the lessons show.
import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { requirementsOf, startProgramCheck } from '../../src/main/check'
import { folderFiles } from '../../src/main/lessons/reading/folder'
import { readLesson } from '../../src/main/lessons/reading/read-lesson'
import type { LessonView } from '../../src/shared/lesson/lesson-line'
import { createPlayer, isOver, type Player } from '../lessons/player'

const LESSONS = join(import.meta.dirname, '../../resources/lessons')
const PROGRAMS = join(import.meta.dirname, '../lessons/programs')
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython)
  console.warn('There is no python3 here: the programs of the lessons in Python are not checked.')

const WRITTEN = [
  {
    lesson: '12-write-a-server',
    programs: 'server',
    options: '-id {id} -pp {policy} -listen {listen} -revproc {revproc}',
    stages: ['1-registers', '2-answers', '3-reads-a-stream', '4-survives'],
  },
  {
    lesson: '13-write-a-client',
    programs: 'client',
    options: '-id {id} -revproc {revproc} -pkt {packet}',
    stages: ['1-asks', '2-shows', '3-reads-a-stream', '4-judges', '5-says-what-is-wrong'],
  },
  {
    lesson: '14-write-a-proxy',
    programs: 'proxy',
    options: '-port {port}',
    stages: [
      '3-forwards',
      '4-takes-turns',
      '5-reads-streams',
      '6-one-thread-a-client',
      '7-answers-always',
      '8-survives',
    ],
  },
] as const

const LANGUAGES = [
  { name: 'Python', ending: '.py', run: 'python3', isHere: hasPython },
  { name: 'Node', ending: '.mjs', run: `"${process.execPath}"`, isHere: true },
] as const

/** In Node nobody waits for another connection: its proxy needs no threads. */
const SAME_AS: Readonly<Record<string, string>> = {
  '6-one-thread-a-client.mjs': '5-reads-streams.mjs',
}

describe.each(WRITTEN)('$lesson', ({ lesson: folder, programs, options, stages }) => {
  it.each(LANGUAGES)('from an empty file to a green check in $name', async (language) => {
    if (!language.isHere) return
    const { lesson, problems } = readLesson(await folderFiles(join(LESSONS, folder)))
    if (lesson === undefined) throw new Error(JSON.stringify(problems))
    const own = await mkdtemp(join(tmpdir(), 'written-'))
    const file = join(own, `program${language.ending}`)
    const command = `${language.run} program${language.ending} ${options}`
    const player = await createPlayer(lesson, {
      checks: { start: startProgramCheck, requirements: requirementsOf },
    })
    const coming = [...stages]
    try {
      for (let at = 0; at < lesson.steps.length; at++) {
        if (at > 0 && player.view.at < at) await player.ask({ kind: 'goTo', step: at })
        await player.until(({ phase }) => phase === 'open' || isOver(phase))
        const { gate } = player.view
        if (gate.kind !== 'task') {
          await player.ask({ kind: 'skip' })
          continue
        }
        if (coming.length === stages.length) {
          await writeFile(file, '')
          const view = await checked(player, command, own)
          expect(outcomesOf(view)).toContain('failed')
          expect(view.phase).toBe('open')
        }
        const stage = `${coming.shift()}${language.ending}`
        await copyFile(join(PROGRAMS, programs, SAME_AS[stage] ?? stage), file)
        const view = await checked(player, command, own)
        expect(failuresOf(view)).toEqual([])
        expect(view.steps[at]?.outcome).toBe('done')
      }
    } finally {
      await player.close()
      await rm(own, { recursive: true })
    }
    expect(coming).toEqual([])
  })
})

/** The page when the check has ended. */
async function checked(player: Player, command: string, folder: string): Promise<LessonView> {
  const ended = new Promise<void>((resolve) => {
    const stop = player.runner.onChange((view) => {
      if (view?.gate.kind !== 'task' || view.gate.check?.isRunning !== false) return
      const hasBegun = view.gate.check.requirements.some(({ outcome }) => outcome !== 'waiting')
      if (!hasBegun && view.gate.check.error === '') return
      stop()
      resolve()
    })
  })
  await player.ask({ kind: 'check', command, folder })
  await ended
  return player.view
}

function requirementsIn({ gate }: LessonView) {
  return gate.kind === 'task' ? (gate.check?.requirements ?? []) : []
}

function outcomesOf(view: LessonView) {
  return requirementsIn(view).map(({ outcome }) => outcome)
}

function failuresOf(view: LessonView) {
  return requirementsIn(view).flatMap(({ id, outcome, detail }) =>
    outcome === 'passed' ? [] : [`${id}: ${detail}`],
  )
}
