// On the edge of an inside server's card: that it is stopped, or how it fails.
import { Power, TriangleAlert } from 'lucide-react'
import { BEHAVIOUR_WORDS } from '../../../../shared/behaviour-words'
import { BEHAVIOUR } from '../../../../shared/settings/features/behaviour'
import { UNKNOWN } from '../../../../shared/settings/setting'
import type { NodeState } from '../../../../shared/state/state'
import { Figure } from './NodeParts'
import './work-mark.css'

type Failing = Pick<NodeState, 'stopped' | 'behaviour'>

const SHORT: Readonly<Record<string, string>> = {
  refuse: 'refuses',
  silent: 'says nothing',
  slow: 'slow',
  garbage: 'garbage',
  'wrong-hash': 'wrong hash',
  half: 'half answers',
  'other-destid': 'other destid',
  close: 'closes',
  reset: 'resets',
  crash: 'crashes',
}

export function TroubleMark({ node }: { node: Failing }) {
  const words = troubleWords(node)
  if (words === undefined) return null
  const { stopped, behaviour } = node
  const kind = typeof behaviour === 'object' ? behaviour.kind : UNKNOWN
  const more = stopped || kind === UNKNOWN ? undefined : BEHAVIOUR_WORDS[kind]
  const title = more ? `${words}. You see: ${more.seen} The proxy sees: ${more.proxy}` : words
  const Icon = stopped ? Power : TriangleAlert
  return (
    <span className="work-mark is-trouble" aria-hidden="true" title={title}>
      <Icon size={11} />
      <Figure text={stopped ? 'stopped' : (SHORT[kind] ?? 'fails')} />
    </span>
  )
}

/** `stopped`, or what it is set to do wrong; undefined for a server without trouble. */
export function troubleWords({ stopped, behaviour }: Failing): string | undefined {
  if (stopped) return 'stopped'
  if (typeof behaviour !== 'object') return undefined
  return BEHAVIOUR.settings.kind.say(behaviour.kind)
}
