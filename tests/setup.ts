// What holds for every test file: one seed for all randomness, and nothing that one file leaves to the next.
import fc from 'fast-check'
import { afterAll, expect, vi } from 'vitest'

const DEFAULT_SEED = 2100

// The same every time unless SEED says otherwise. fast-check prints it with the counterexample when a property fails.
fc.configureGlobal({ seed: seedFrom(process.env.SEED) })

// Unit tests share a process, which starts far fewer of them. The renderer's stores are module state: each of its files
// gets modules of its own.
if (expect.getState().testPath?.includes('/src/renderer/')) vi.resetModules()

afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

function seedFrom(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED
  const seed = Number(text)
  if (!Number.isInteger(seed)) throw new Error(`SEED must be a whole number, not "${text}".`)
  return seed
}
