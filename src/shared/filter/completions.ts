// Completions for a filter: keys, and after a colon the known values.
import type { State } from '../state/state'
import { withVisibleControls } from '../visible-controls'
import { FILTER_KEYS, type KnownValues, keyNamed } from './keys'
import { partsOfNode } from './nodes'
import { quoteValue, type TextRange } from './syntax'

export type { KnownValues }

interface Completion {
  /** Replaces the text between `from` and `to`. */
  insert: string
  from: number
  to: number
  label: string
  hint: string
}

/** A longer list does not help. */
const MAX_COMPLETIONS = 50

/** The word at the caret: its negation, its key, and the last of its values. */
const WORD =
  /(?:^|[\s(])-*(?:([a-z][\w-]*):(?:[^\s"“]|"[^"]*")*?)?((?:"[^"]*|[^\s,:("“-][^\s,:"“]*)?)$/i

/** Returns the completions at `caret`, the best first. */
export function completions(
  text: string,
  caret: number,
  known: KnownValues,
): readonly Completion[] {
  const before = text.slice(0, caret)
  const match = WORD.exec(before)
  if (!match) return []
  const [, keyName, written = ''] = match
  const from = caret - written.length
  const to = caret + (/^[^\s,:()"“]*/.exec(text.slice(caret))?.[0].length ?? 0)
  if (keyName === undefined) return keysFor(written, { from, to }, text[to] === ':')
  const behind = text.slice(0, from)
  if (!behind.endsWith(':') && !behind.endsWith(',')) return []
  return valuesFor(keyName, written, { from, to }, known)
}

/** Returns the word before the caret that has no key yet: it may become a key or a search text. */
export function searchWordAt(text: string, caret: number): TextRange | undefined {
  const [, keyName, written = ''] = WORD.exec(text.slice(0, caret)) ?? []
  if (keyName !== undefined || written === '' || written.startsWith('"')) return undefined
  const end = /^[^\s:()"“]*/.exec(text.slice(caret))?.[0].length ?? 0
  return text[caret + end] === ':' ? undefined : { from: caret - written.length, to: caret + end }
}

/** Returns the text with the completion in it, and the new caret. */
export function applyCompletion(
  text: string,
  { insert, from, to }: Completion,
): { text: string; caret: number } {
  // A value is complete: the next term begins after a space.
  const end = insert.endsWith(':') ? '' : text[to] === ' ' || text[to] === ')' ? '' : ' '
  const done = text.slice(0, from) + insert + end
  const passed = end === '' && text[to] === ' ' ? 1 : 0
  return { text: done + text.slice(to), caret: done.length + (insert.endsWith(':') ? 0 : passed) }
}

/** Returns the ids of the lab's nodes and policies. */
export function knownValues(state: Pick<State, 'nodes' | 'next'>): KnownValues {
  const clients = new Set<string>()
  const servers = new Set<string>()
  const nodes = new Set<string>()
  for (const { id } of state.nodes.values()) {
    const parts = partsOfNode(id)
    if (parts.role === 'proxy') continue
    if (parts.role === 'unknown') nodes.add('unknown program')
    if (parts.id === undefined) continue
    nodes.add(`${parts.outside ? 'outside ' : ''}${parts.role} ${parts.id}`)
    if (parts.role === 'client') clients.add(parts.id)
    if (parts.role === 'server') servers.add(parts.id)
  }
  return {
    clients: [...clients],
    servers: [...servers],
    policies: [...state.next.keys()],
    nodes: [...nodes],
  }
}

function keysFor(written: string, span: TextRange, colonFollows: boolean): readonly Completion[] {
  const wanted = written.toLowerCase()
  return FILTER_KEYS.filter(({ name }) => name.toLowerCase().startsWith(wanted)).map(
    ({ name, hint }): Completion => ({
      insert: `${name}:`,
      label: `${name}:`,
      hint,
      from: span.from,
      to: colonFollows ? span.to + 1 : span.to,
    }),
  )
}

function valuesFor(
  keyName: string,
  written: string,
  span: TextRange,
  known: KnownValues,
): readonly Completion[] {
  const values = keyNamed(keyName)?.values?.(known) ?? []
  const wanted = written.replace(/^["“]/, '').toLowerCase()
  const begin = values.filter(([value]) => value.toLowerCase().startsWith(wanted))
  // `300` finds `server 300` as well.
  const contain = values.filter(
    (entry) => !begin.includes(entry) && wanted !== '' && entry[0].toLowerCase().includes(wanted),
  )
  return [...begin, ...contain].slice(0, MAX_COMPLETIONS).map(([value, hint]) => ({
    insert: quoteValue(value),
    label: withVisibleControls(value),
    hint: withVisibleControls(hint),
    ...span,
  }))
}
