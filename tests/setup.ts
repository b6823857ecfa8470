// Randomness in tests: one seed for all of them, the same every time unless SEED says otherwise. fast-check
// prints it with the counterexample when a property fails.
import fc from 'fast-check'

const DEFAULT_SEED = 2100

fc.configureGlobal({ seed: seedFrom(process.env.SEED) })

function seedFrom(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED
  const seed = Number(text)
  if (!Number.isInteger(seed)) throw new Error(`SEED must be a whole number, not "${text}".`)
  return seed
}
