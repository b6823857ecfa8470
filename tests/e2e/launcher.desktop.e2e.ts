// The app's report to the launcher that a window is visible.

import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopArguments } from './app'
import { electronPath } from './app-paths'
import { removeProfile } from './profile-folder'
import { start } from './programs'

describe('an app that a launcher waits for', () => {
  let profile: string
  let env: Record<string, string>
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'roundabout-launcher-'))
    env = { ROUNDABOUT_SHOWN_FILE: join(profile, 'shown') }
  })
  afterEach(() => removeProfile(profile))

  const isShown = () => existsSync(join(profile, 'shown'))

  it('reports its window', async () => {
    const { child, ended } = start(electronPath(), desktopArguments(profile, {}), env)
    await expect.poll(isShown, { timeout: 30_000 }).toBe(true)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })

  it('reports that another window has it already', async () => {
    const first = start(electronPath(), desktopArguments(profile, {}), env)
    await expect.poll(isShown, { timeout: 30_000 }).toBe(true)
    await rm(join(profile, 'shown'))
    const second = await start(electronPath(), desktopArguments(profile, {}), env).ended
    expect(second.code).toBe(0)
    expect(isShown()).toBe(true)
    first.child.kill('SIGTERM')
    await first.ended
  })
})
