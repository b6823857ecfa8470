// Adds a breakpoint: the text of a filter, typed or built from buttons.
import { useId, useRef, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { parseFilter, quoteValue } from '../../../shared/filter/filter'
import { shortenedId } from '../../../shared/format'
import { MAX_FILTER_CHARS } from '../../../shared/limits'
import { run } from '../actions/run'
import { useLab } from '../lab/lab'
import { KIND_NAMES, nameOfNode } from '../ui/names'
import { PacketIcon } from '../ui/PacketIcon'
import { policyVariable } from '../ui/theme/policy'
import { withTerm } from './terms'

const KINDS = [0, 1, 2, 'error'] as const
/** How many policies have a button; others can be typed. */
const MOST_POLICIES = 4

export function BreakpointForm() {
  const [text, setText] = useState('')
  const [once, setOnce] = useState(false)
  /** The engine's refusal, until the text changes. */
  const [refusal, setRefusal] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const parsed = parseFilter(text)
  const mistake = parsed.ok ? refusal : parsed.error

  function change(now: string) {
    setText(now)
    setRefusal(undefined)
  }

  function choose(term: string) {
    change(withTerm(text, term))
    input.current?.focus()
  }

  async function add() {
    if (!parsed.ok || text.trim() === '') {
      input.current?.focus()
      return
    }
    const result = await run({ type: 'setBreakpoint', filter: text, once })
    if (result.ok) change('')
    else setRefusal(result.error)
  }

  return (
    <form
      className="breakpoint-form"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <div className="field">
        <label htmlFor={id}>Hold packets that match</label>
        <input
          ref={input}
          id={id}
          value={text}
          maxLength={MAX_FILTER_CHARS}
          placeholder="type:0 policy:111"
          spellCheck={false}
          autoComplete="off"
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake === undefined ? undefined : `${id}-mistake`}
          onChange={(event) => change(event.target.value)}
        />
        {mistake !== undefined && (
          <p id={`${id}-mistake`} className="field-error" role="status">
            {mistake}
          </p>
        )}
      </div>
      <Parts onChoose={choose} />
      <div className="breakpoint-form-end">
        <label className="field-check">
          <input
            type="checkbox"
            checked={once}
            onChange={(event) => setOnce(event.target.checked)}
          />
          Only the next one
        </label>
        <button type="submit" className="button primary" disabled={text.trim() === ''}>
          Add
        </button>
      </div>
    </form>
  )
}

/** `onChoose` is called with a term of a filter. */
function Parts({ onChoose }: { onChoose(term: string): void }) {
  const nodes = useLab(useShallow(({ state }) => [...state.nodes.values()].map(nodeChoice)))
  const policies = useLab(
    useShallow(({ state }) =>
      [...state.next.keys()].filter((policy) => policy !== '').slice(0, MOST_POLICIES),
    ),
  )
  const colours = useLab(
    useShallow(({ state }) => policies.map((policy) => policyVariable(state, policy))),
  )
  const others = nodes.filter((choice) => choice !== PROXY_CHOICE)
  return (
    <fieldset className="breakpoint-parts" aria-label="Ready-made conditions">
      <NodeChoice label="On a link…" term="link" choices={others} onChoose={onChoose} />
      <NodeChoice label="Sent by…" term="from" choices={nodes} onChoose={onChoose} />
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="breakpoint-part"
          onClick={() => onChoose(`type:${kind}`)}
        >
          <PacketIcon kind={kind} size={12} />
          {KIND_NAMES[kind]}
        </button>
      ))}
      {policies.map((policy, index) => (
        <button
          key={policy}
          type="button"
          className="breakpoint-part"
          onClick={() => onChoose(`policy:${quoteValue(policy)}`)}
        >
          policy <b style={{ color: colours[index] }}>{shortenedId(policy, 12)}</b>
        </button>
      ))}
      <button type="button" className="breakpoint-part" onClick={() => onChoose('payload:')}>
        payload contains…
      </button>
    </fieldset>
  )
}

const PROXY_CHOICE = 'proxy\nProxy'

/** A node's id and name in one string, so that a selector can compare lists of them. */
function nodeChoice(node: Parameters<typeof nameOfNode>[0]): string {
  return `${node.id}\n${nameOfNode(node)}`
}

interface NodeChoiceProps {
  label: string
  term: string
  choices: readonly string[]
  onChoose(term: string): void
}

function NodeChoice({ label, term, choices, onChoose }: NodeChoiceProps) {
  return (
    <select
      className="breakpoint-part"
      aria-label={label}
      value=""
      onChange={(event) => onChoose(`${term}:${quoteValue(event.target.value)}`)}
    >
      <option value="" disabled hidden>
        {label}
      </option>
      {choices.map((choice) => {
        const [id = '', name = ''] = choice.split('\n')
        return (
          <option key={id} value={id}>
            {shortenedId(name, 40)}
          </option>
        )
      })}
    </select>
  )
}
