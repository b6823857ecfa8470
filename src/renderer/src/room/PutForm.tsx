// Puts a question to the class: which server is next, a choice, or a number.
import { type FormEvent, useState } from 'react'
import { MAX_VOTE_CHARS } from '../../../shared/limits'
import type { PutQuestion } from '../../../shared/room/room-line'
import { useLab } from '../lab/lab'
import { SegmentedControl } from '../ui/SegmentedControl'
import { askRoom } from './room-state'

const KINDS = { nextServer: 'Next server', choice: 'Choice', number: 'Number' } as const

export function PutForm() {
  const [kind, setKind] = useState<PutQuestion['kind']>('nextServer')
  return (
    <>
      <SegmentedControl<PutQuestion['kind']>
        legend="Kind of question"
        options={KINDS}
        value={kind}
        onChange={setKind}
      />
      {kind === 'nextServer' ? (
        <NextServerForm />
      ) : kind === 'choice' ? (
        <ChoiceForm />
      ) : (
        <NumberForm />
      )}
    </>
  )
}

function put(event: FormEvent, question: PutQuestion): void {
  event.preventDefault()
  askRoom({ kind: 'put', question })
}

function NextServerForm() {
  const rows = useLab(({ live }) => live.rows)
  const policies = [...new Set([...rows.values()].map(({ policy }) => policy))]
  const [chosen, setChosen] = useState<string>()
  const [send, setSend] = useState(true)
  const policy = chosen !== undefined && policies.includes(chosen) ? chosen : policies[0]
  if (policy === undefined) return <p className="muted">No server is registered.</p>
  return (
    <form
      className="vote-form"
      onSubmit={(event) => put(event, { kind: 'nextServer', policy, send })}
    >
      <p className="muted">
        The next message of the policy stops before the proxy until you reveal. Which server gets
        it?
      </p>
      <div className="field">
        <label htmlFor="vote-policy">Policy</label>
        <select id="vote-policy" value={policy} onChange={(event) => setChosen(event.target.value)}>
          {policies.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </div>
      <label className="field-check">
        <input type="checkbox" checked={send} onChange={(event) => setSend(event.target.checked)} />
        A client sends one at once
      </label>
      <button type="submit" className="button primary">
        Ask
      </button>
    </form>
  )
}

function ChoiceForm() {
  const [question, setQuestion] = useState('')
  const [answers, setAnswers] = useState('')
  const options = answers
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (
    <form
      className="vote-form"
      onSubmit={(event) => put(event, { kind: 'choice', question, options })}
    >
      <QuestionField value={question} onChange={setQuestion} />
      <div className="field">
        <label htmlFor="vote-answers">Answers, one a line</label>
        <textarea
          id="vote-answers"
          rows={4}
          value={answers}
          onChange={(event) => setAnswers(event.target.value)}
        />
      </div>
      <button type="submit" className="button primary">
        Ask
      </button>
    </form>
  )
}

function NumberForm() {
  const [question, setQuestion] = useState('')
  const [unit, setUnit] = useState('')
  return (
    <form
      className="vote-form"
      onSubmit={(event) => put(event, { kind: 'number', question, unit })}
    >
      <QuestionField value={question} onChange={setQuestion} />
      <div className="field">
        <label htmlFor="vote-unit">Unit, if it has one</label>
        <input
          id="vote-unit"
          value={unit}
          maxLength={20}
          onChange={(event) => setUnit(event.target.value)}
        />
      </div>
      <button type="submit" className="button primary">
        Ask
      </button>
    </form>
  )
}

function QuestionField({ value, onChange }: { value: string; onChange(value: string): void }) {
  return (
    <div className="field">
      <label htmlFor="vote-question">Question</label>
      <textarea
        id="vote-question"
        rows={2}
        value={value}
        maxLength={MAX_VOTE_CHARS}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
