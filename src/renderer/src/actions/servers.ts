// Changes of one server's settings where they are shown, with a notice that undoes them.
import type { CommandResult } from '../../../shared/commands'
import { isObject } from '../../../shared/feed/field'
import type { NodeId } from '../../../shared/ids'
import { settled, type ValueOf } from '../../../shared/settings/derive'
import { BEHAVIOUR } from '../../../shared/settings/features/behaviour'
import { OFF, type Off } from '../../../shared/settings/setting'
import type { NodeState } from '../../../shared/state/state'
import { execute, useLab } from '../lab/lab'
import { nodeName } from '../ui/names'
import { refused } from './refusal'
import { run } from './run'
import { noteChange } from './undo'

type Values = Readonly<Record<string, unknown>>

/** A change in a field, where the error belongs. */
export async function setServer(node: NodeId, values: Values): Promise<CommandResult> {
  const result = await execute({ type: 'updateServer', node, ...values })
  noted(node, values, result)
  return result
}

/** Lets a server finish its messages without new ones, or gives it messages again. */
export async function drainServer(node: NodeId, drain: boolean): Promise<void> {
  if (refused('updateServer')) return
  noted(node, { drain }, await run({ type: 'updateServer', node, drain }))
}

/** Switches a server off, or on again. */
export async function stopServer(node: NodeId, stopped: boolean): Promise<void> {
  if (refused('updateServer')) return
  noted(node, { stopped }, await run({ type: 'updateServer', node, stopped }))
}

type Kind = ValueOf<(typeof BEHAVIOUR.settings)['kind']>

/** Makes a server fail in this way, for the messages that met its misbehaviour before; `off`: in none. */
export async function makeFail(
  node: NodeId,
  before: NodeState['behaviour'],
  kind: Kind | Off,
): Promise<void> {
  if (refused('updateServer')) return
  const values = { ...settled(BEHAVIOUR.settings, {}), ...(typeof before === 'object' && before) }
  const behaviour = kind === OFF ? OFF : { ...values, kind }
  noted(node, { behaviour }, await run({ type: 'updateServer', node, behaviour }))
}

function noted(node: NodeId, values: Values, result: CommandResult): void {
  if (!result.ok || result.change === undefined) return
  noteChange(`${nodeName(useLab.getState().live, node)} ${deedWords(values)}.`, result)
}

function deedWords({ drain, stopped, behaviour }: Values): string {
  if (behaviour === OFF) return 'answers as it should'
  if (isObject(behaviour)) return BEHAVIOUR.settings.kind.say(String(behaviour.kind))
  if (stopped !== undefined) return stopped ? 'stopped' : 'started'
  if (drain !== undefined) return drain ? 'drains' : 'takes messages again'
  return 'changed'
}
