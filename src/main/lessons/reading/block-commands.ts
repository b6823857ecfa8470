// Which commands a block of a lesson may give the lab: those that it knows, without those that are the person's own.
import { parseCommand } from '../../../shared/commands'
import type { LessonProblems } from './problems'
import type { YamlText } from './yaml-text'

/** A lesson starts programs by “proxy” alone, for which the person is asked. */
const NO_COMMANDS: Readonly<Record<string, string>> = {
  swapProxy:
    'A step puts a program in the proxy’s place by “proxy: programs/…”, so that the person is asked first.',
  openScenario: 'A step opens a scenario by “scenario: scenarios/…”.',
  newSession: 'A step begins anew by opening a scenario: “scenario: scenarios/…”.',
  look: 'What a window shows is not part of a lesson.',
  lookBack: 'What a window shows is not part of a lesson.',
  returnToLive: 'What a window shows is not part of a lesson.',
}

/** Checks the block as it was written: other mistakes in it do not hide those in its commands. */
export function checkCommands(yaml: YamlText, problems: LessonProblems): void {
  const { commands } = (yaml.value ?? {}) as { readonly commands?: unknown }
  if (!Array.isArray(commands)) return
  for (const [index, command] of commands.entries()) {
    const type: unknown = command?.type
    if (typeof type !== 'string') continue
    const where = ['commands', index]
    const refused = Object.hasOwn(NO_COMMANDS, type) ? NO_COMMANDS[type] : undefined
    if (refused !== undefined) {
      problems.add(yaml.lineOf(where), `The command “${type}” is not for lessons. ${refused}`)
      continue
    }
    const parsed = parseCommand(command)
    if (parsed.ok) continue
    const fields = /^([\w.]+): /.exec(parsed.error)?.[1]?.split('.') ?? []
    const inside = fields.map((key) => (/^\d+$/.test(key) ? Number(key) : key))
    problems.add(
      yaml.lineOf([...where, ...inside]),
      `The command “${type.slice(0, 40)}” is refused: ${parsed.error}`,
    )
  }
}
