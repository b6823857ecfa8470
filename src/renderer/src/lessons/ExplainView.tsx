// A question that is answered in one's own words, and then beside a model answer.
import { useId, useState } from 'react'
import { MAX_EXPLANATION_CHARS, type ShownGate } from '../../../shared/lesson/lesson-line'
import { askLesson } from '../lab/lesson'
import { LessonText } from './LessonText'
import './task.css'

export function ExplainView({ gate }: { gate: Extract<ShownGate, { kind: 'explain' }> }) {
  const { question, text, model } = gate
  const id = useId()
  return (
    <section
      className={text === null ? 'lesson-explain lesson-foot' : 'lesson-explain'}
      aria-labelledby={id}
    >
      <div id={id} className="lesson-asked">
        <LessonText text={question} />
      </div>
      {text === null ? <Write label={id} /> : <Compare text={text} model={model ?? ''} />}
    </section>
  )
}

function Write({ label }: { label: string }) {
  const [text, setText] = useState('')
  const isEmpty = text.trim() === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty) askLesson({ kind: 'explain', text: text.trim() })
      }}
    >
      <textarea
        aria-labelledby={label}
        rows={3}
        maxLength={MAX_EXPLANATION_CHARS}
        data-lesson-focus
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="button primary" aria-disabled={isEmpty}>
        Compare it with a model answer
      </button>
    </form>
  )
}

function Compare({ text, model }: { text: string; model: string }) {
  return (
    <dl className="lesson-explained">
      <div>
        <dt>Your words</dt>
        <dd className="lesson-own-words">{text}</dd>
      </div>
      <div>
        <dt>A model answer</dt>
        <dd>
          <LessonText text={model} />
        </dd>
      </div>
    </dl>
  )
}
