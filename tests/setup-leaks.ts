// Fails each test, and each file, that leaves something running. Hooks of the setup run after all others.
import { afterAll, beforeEach } from 'vitest'
import { ensureNothingLeft, running } from './leaks'

const beforeFile = running()

beforeEach(({ onTestFinished }) => {
  const before = running()
  onTestFinished(() => ensureNothingLeft(before))
})

afterAll(() => ensureNothingLeft(beforeFile))
