// A lesson on the app's page while it is written: it is read again at each save, and its mistakes are printed and shown.
import { join } from 'node:path'
import { CLASSIC_POOL } from '../../../shared/scenario'
import { requirementsOf, startProgramCheck } from '../../check/index'
import { createCompare } from '../../compare/index'
import { createEngine } from '../../engine/index'
import { startWebHost } from '../../headless/index'
import { createLessons, lessonLibrary, readingThread, readLessonAt } from '../../lessons/index'
import { proxyPrograms } from '../../programs/index'
import { createRooms } from '../../room/index'
import type { Io } from '../io'
import { whenStopped } from '../programs/stopped'
import { goodWords, problemLine } from './problem-line'

interface DevOptions {
  readonly folder: string
  /** Undefined: any free one. */
  readonly screenPort: number | undefined
}

/** Runs until the command is to end. */
export async function devLesson({ folder, screenPort = 0 }: DevOptions, io: Io): Promise<void> {
  const warn = io.tell
  const engine = await createEngine({
    scenario: CLASSIC_POOL,
    isRecorded: true,
    programs: proxyPrograms,
    warn,
  })
  const library = lessonLibrary({
    shipped: join(io.builtFolder, '../../resources/lessons'),
    written: folder,
    read: readingThread(join(io.builtFolder, 'read-lesson.cjs')),
    warn,
  })
  const lessons = await createLessons({
    engine,
    library,
    progressFile: undefined,
    checks: { start: startProgramCheck, requirements: requirementsOf },
    warn,
  })
  const rendererFolder = join(io.builtFolder, '../renderer')
  const rooms = createRooms({ engine, folder: rendererFolder, lessons: lessons.serve, warn })
  const close = async () => {
    await rooms.close()
    await lessons.close()
    await engine.close()
  }
  const host = await startWebHost({
    engine,
    folder: rendererFolder,
    port: screenPort,
    compare: createCompare(join(io.builtFolder, 'compare-lab.cjs')),
    checkProgram: startProgramCheck,
    lessons: lessons.serve,
    rooms: rooms.serve,
    warn,
  }).catch(async (error: unknown) => {
    await close()
    throw error
  })
  engine.servesPageOn(host.port)

  const show = async () => {
    const { lesson, problems } = await readLessonAt(folder)
    for (const problem of problems) io.print(problemLine(folder, problem))
    if (lesson === undefined) return
    io.tell(goodWords(folder, lesson, problems.length))
    // The runner reads the lesson that is open again.
    if (lessons.runner.view !== null) return
    await lessons.runner.request({ kind: 'open', id: lesson.id }, (update) => {
      if (update.kind === 'refused') io.tell(update.error)
    })
  }
  let turn = Promise.resolve()
  const inTurn = () => {
    turn = turn.then(show).catch((error: unknown) => io.tell(String(error)))
  }
  const stopWatching = library.onChange(inTurn)
  try {
    io.tell(`Screen: ${host.url}`)
    inTurn()
    await whenStopped(io.stopped)
  } finally {
    stopWatching()
    await turn
    await host.close()
    await close()
  }
}
