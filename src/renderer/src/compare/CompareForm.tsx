// The form of a comparison: the labs, the time and the source of the messages. Its button starts and stops the comparison.
import { Play, Plus, Square, Trash2 } from 'lucide-react'
import { MAX_COMPARED, MAX_COMPARED_MS, MIN_COMPARED } from '../../../shared/limits'
import type { ComparedPools } from '../../../shared/scenario'
import { visibly } from '../../../shared/visible-controls'
import { SettingsGroups } from '../forms'
import { useLab } from '../lab/lab'
import { SegmentedControl } from '../ui/SegmentedControl'
import { askToCompare } from './ask'
import { ComparedServers } from './ComparedServers'
import {
  listedServers,
  policiesIn,
  poolOf,
  serverIn,
  withAnother,
  withPool,
  withServer,
} from './draft'
import { percentDone, stopComparing, useComparison } from './run'
import type { CompareSettings } from './settings-key'

const SOURCES: Readonly<Record<CompareSettings['source'], string>> = {
  traffic: 'Clients’ traffic',
  recording: 'This recording’s messages',
}

interface FormProps {
  settings: CompareSettings
  onChange(settings: CompareSettings): void
}

export function CompareForm({ settings, onChange }: FormProps) {
  const { draft, seconds, source } = settings
  const setDraft = (next: CompareSettings['draft']) => onChange({ ...settings, draft: next })
  const parts = useComparison((state) => state.parts)
  const error = useComparison((state) => state.error)
  const isStopping = useComparison((state) => state.isStopping)
  const isRunning = parts !== undefined
  return (
    <form
      className="compare-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isRunning) stopComparing()
        else void askToCompare(settings)
      }}
    >
      <div className="compare-run">
        <SegmentedControl
          legend="Whose messages"
          options={SOURCES}
          value={source}
          onChange={(chosen: CompareSettings['source']) =>
            onChange({ ...settings, source: chosen })
          }
        />
        <label>
          For{' '}
          <input
            type="number"
            className="compare-input"
            min={1}
            max={MAX_COMPARED_MS / 1000}
            step={1}
            required
            value={seconds}
            onChange={(event) => onChange({ ...settings, seconds: Number(event.target.value) })}
          />{' '}
          s of simulated time
        </label>
        <button
          type="submit"
          className={isRunning ? 'button' : 'button primary'}
          aria-disabled={isStopping}
        >
          {isRunning ? (
            <Square size={16} aria-hidden="true" />
          ) : (
            <Play size={16} aria-hidden="true" />
          )}
          {isStopping ? 'Stopping…' : isRunning ? 'Stop' : 'Compare'}
        </button>
        {parts && <Progress parts={parts} />}
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
      </div>
      <div className="compare-entries">
        {draft.map((entry, index) => (
          <Entry key={index} index={index} draft={draft} entry={entry} onChange={setDraft} />
        ))}
        {draft.length < MAX_COMPARED && (
          <button type="button" className="button" onClick={() => setDraft(withAnother(draft))}>
            <Plus size={16} aria-hidden="true" /> Add another
          </button>
        )}
      </div>
    </form>
  )
}

function Progress({ parts }: { parts: readonly number[] }) {
  const percent = percentDone(parts)
  return (
    <label className="compare-progress">
      <progress value={percent} max={100} /> {percent} %
    </label>
  )
}

interface EntryProps {
  index: number
  draft: readonly ComparedPools[]
  entry: ComparedPools
  onChange(draft: readonly ComparedPools[]): void
}

function Entry({ index, draft, entry, onChange }: EntryProps) {
  const nodes = useLab(({ live }) => live.nodes)
  const policies = policiesIn({ nodes })
  const replace = (next: ComparedPools) =>
    onChange(draft.map((one, at) => (at === index ? next : one)))
  return (
    <fieldset className="compare-entry" data-lab={index}>
      <legend className="visually-hidden">Lab {index + 1}</legend>
      <div className="compare-entry-name">
        <input
          className="compare-input"
          aria-label={`Name of lab ${index + 1}`}
          maxLength={100}
          value={entry.name}
          onChange={(event) => replace({ ...entry, name: event.target.value })}
        />
        {draft.length > MIN_COMPARED && (
          <button
            type="button"
            className="icon-button"
            aria-label={visibly`Leave out “${entry.name}”`}
            onClick={() => onChange(draft.filter((_, at) => at !== index))}
          >
            <Trash2 size={16} aria-hidden="true" />
          </button>
        )}
      </div>
      {policies.map((policy) => (
        <fieldset key={policy} className="compare-policy">
          <legend>Policy {policy}</legend>
          <SettingsGroups
            pool={poolOf(entry, policy)}
            change={async (values) => {
              const changed = withPool(draft, index, policy, values)
              if (typeof changed === 'string') return { ok: false, error: changed }
              onChange(changed)
              return { ok: true }
            }}
          />
          <ComparedServers
            lab={entry.name}
            servers={listedServers({ nodes }, policy).map((server) => ({
              ...server,
              compared: serverIn(entry, server),
            }))}
            change={(server, values) => {
              const changed = withServer(draft, index, server, values)
              if (typeof changed === 'string') return { ok: false, error: changed }
              onChange(changed)
              return { ok: true }
            }}
          />
        </fieldset>
      ))}
    </fieldset>
  )
}
