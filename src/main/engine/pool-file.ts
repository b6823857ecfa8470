// The pool as it was left, in a file, for the next start. Several apps may write it: the last one wins.
import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { POOL_SAVE_MS } from '../../shared/limits'
import { type PoolSetup, readPool, writePool } from '../../shared/pool-setup'
import { writeAtomically } from './story/recording/atomic'
import { isMissing, systemWords } from './system-words'

interface PoolFileOptions {
  /** Without a path, nothing is read or written. */
  path: string | undefined
  /** The present pool. */
  pool: () => PoolSetup
  /** Calls `save` when no command is changing the pool. */
  inTurn: (save: () => Promise<void>) => Promise<void>
  /** Tells the person, and the log, a sentence. */
  tell: (text: string) => void
}

export class PoolFile {
  private written: string | undefined
  private timer: NodeJS.Timeout | undefined
  private work: Promise<void> = Promise.resolve()
  private hasFailed = false

  constructor(private readonly options: PoolFileOptions) {}

  /** Undefined at the first start, and if the file cannot be read, which the person learns. */
  async read(): Promise<PoolSetup | undefined> {
    const { path, tell } = this.options
    if (path === undefined) return undefined
    let text: string
    try {
      text = await readFile(path, 'utf8')
    } catch (error) {
      if (isMissing(error)) return undefined
      tell(`${LOST} ${path} cannot be read: ${systemWords(error)}. ${CLASSIC}`)
      return undefined
    }
    const pool = readPool(text)
    if (typeof pool !== 'string') return pool
    const aside = `${path}.damaged`
    const isKept = await rename(path, aside).then(
      () => true,
      () => false,
    )
    const kept = isKept ? ` The file is kept as ${aside}.` : ''
    tell(`${LOST} ${path} is damaged: ${pool}${kept} ${CLASSIC}`)
    return undefined
  }

  /** The pool may have changed: saves it soon. */
  changed(): void {
    const { path, inTurn } = this.options
    if (path === undefined) return
    this.timer ??= setTimeout(() => void inTurn(() => this.save()), POOL_SAVE_MS).unref()
  }

  /** Saves the present pool, if it has changed. Never rejects. */
  save(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const { path, pool, tell } = this.options
    const text = writePool(pool())
    if (path === undefined || text === this.written) return this.work
    this.written = text
    this.work = this.work
      .then(() => mkdir(dirname(path), { recursive: true }))
      .then(() => writeAtomically(path, text))
      .then(
        () => {
          this.hasFailed = false
        },
        (error: unknown) => {
          this.written = undefined
          if (this.hasFailed) return
          this.hasFailed = true
          tell(`The pool cannot be saved for the next start: ${systemWords(error)}.`)
        },
      )
    return this.work
  }
}

const LOST = 'The servers and clients as they were left cannot be restored.'
const CLASSIC = 'The lab begins with the classic pool.'
