// A pool's settings under headings that open and close. What a closed one has in use stands beside it.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { create } from 'zustand'
import { poolGroups } from '../../../shared/settings/pool'
import type { PoolSettings } from '../../../shared/state/state'
import type { SendChange } from './entered'
import { groupWords } from './group-words'
import { LiveSettings } from './LiveSettings'
import './settings-groups.css'

/** The headings that are open, the same for every pool. */
const useOpen = create<{ titles: ReadonlySet<string> }>(() => ({ titles: new Set(['Choosing']) }))

function toggle(title: string): void {
  useOpen.setState(({ titles }) => {
    const others = [...titles].filter((one) => one !== title)
    return { titles: new Set(titles.has(title) ? others : [...others, title]) }
  })
}

interface SettingsGroupsProps {
  pool: PoolSettings
  change: SendChange<Readonly<Record<string, unknown>>>
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal?: string | undefined
  /** Below the settings of how a server is chosen. */
  way?: ReactNode
}

export function SettingsGroups({ pool, change, refusal, way }: SettingsGroupsProps) {
  return poolGroups(pool.algorithm).map(({ title, settings }, index) => (
    <SettingsGroup key={title} title={title} words={groupWords(settings, pool)} refusal={refusal}>
      <LiveSettings settings={settings} values={pool} change={change} />
      {index === 0 && way}
    </SettingsGroup>
  ))
}

interface GroupProps extends Pick<SettingsGroupsProps, 'refusal'> {
  title: string
  /** What stands beside a closed heading. */
  words: string
  children: ReactNode
}

export function SettingsGroup({ title, words, refusal, children }: GroupProps) {
  const isOpen = useOpen(({ titles }) => titles.has(title))
  const id = useId()
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <div className="settings-group">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => toggle(title)}
        >
          <Chevron size={15} aria-hidden="true" />
          {title}
          {!isOpen && <small>{words}</small>}
        </button>
      </h3>
      <fieldset id={id} className="settings settings-group-body" disabled={refusal !== undefined}>
        <legend className="visually-hidden">{title}</legend>
        {isOpen && children}
      </fieldset>
    </div>
  )
}
