// What viewers bring into the lab is theirs: the instructor's undo does not take it away.
import type { Engine } from '../engine'

const NOT_REMEMBERED = { isRemembered: false } as const

/** The same engine, whose changes are left out of what can be undone. */
export function withoutUndo<E extends Pick<Engine, 'execute' | 'openScreen'>>(engine: E): E {
  return Object.assign(Object.create(engine), {
    execute: (command: unknown) => engine.execute(command, NOT_REMEMBERED),
    openScreen: (...[role, notify]: Parameters<Engine['openScreen']>) =>
      engine.openScreen(role, notify, NOT_REMEMBERED),
  })
}
