// The question of a step while it waits for an answer: one form for each kind. Digits choose, as the arrows do.
import { type KeyboardEvent, useId } from 'react'
import type { Answer } from '../../../shared/lesson/answer'
import { NOBODY_WORDS } from '../../../shared/lesson/answer-words'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import { perform } from '../actions/actions'
import { actionOfKey } from '../actions/shortcuts'
import { setDraft, useLesson } from '../lab/lesson'
import { isWhole } from '../lab/lesson-answer'
import { chooseByDigit } from './choose-by-digit'
import { LessonText } from './LessonText'
import { OrderQuestion } from './OrderQuestion'
import './question.css'
import { ShareQuestion } from './ShareQuestion'

type QuestionOf<K extends ShownQuestion['kind']> = Extract<ShownQuestion, { kind: K }>

export function QuestionForm({ question }: { question: ShownQuestion }) {
  const id = useId()
  return (
    <section className="lesson-question" aria-labelledby={id}>
      <div id={id} className="lesson-asked">
        <LessonText text={question.question} />
      </div>
      <Form question={question} label={id} />
    </section>
  )
}

function Form({ question, label }: { question: ShownQuestion; label: string }) {
  switch (question.kind) {
    case 'server':
      return (
        <>
          <Options kind="server" label={label} options={serverOptions(question)} />
          <p className="lesson-hint">A click on a server on the graph answers, too.</p>
        </>
      )
    case 'choice':
      return <Options kind="choice" label={label} options={choiceOptions(question)} />
    case 'order':
      return <OrderQuestion question={question} label={label} />
    case 'share':
      return <ShareQuestion question={question} label={label} />
    case 'number':
      return <NumberQuestion question={question} label={label} />
  }
}

interface Option {
  readonly key: string
  /** It has a line of its own. */
  readonly isWide: boolean
  readonly words: string
  readonly answer: Answer
}

function serverOptions({ servers, others }: QuestionOf<'server'>): Option[] {
  return [
    ...servers.map((server) => ({
      key: `server ${server}`,
      isWide: false,
      words: `Server ${server}`,
      answer: { kind: 'server' as const, server },
    })),
    ...others.map((words, index) => ({
      key: `other ${index}`,
      isWide: true,
      words,
      answer: { kind: 'other' as const, index },
    })),
    { key: 'nobody', isWide: true, words: NOBODY_WORDS, answer: { kind: 'server', server: null } },
  ]
}

function choiceOptions({ choices }: QuestionOf<'choice'>): Option[] {
  return choices.map((words, index) => ({
    key: String(index),
    isWide: true,
    words,
    answer: { kind: 'choice', index },
  }))
}

interface OptionsProps {
  kind: 'server' | 'choice'
  label: string
  options: readonly Option[]
}

function Options({ kind, label, options }: OptionsProps) {
  const name = useId()
  const draft = useLesson((lesson) => lesson.draft)
  const chosen = options.findIndex(({ answer }) => isSame(answer, draft))
  return (
    <fieldset
      className="lesson-options"
      data-kind={kind}
      aria-labelledby={label}
      onKeyDown={chooseByDigit(options.length, (index) => setDraft(options[index]?.answer ?? null))}
    >
      {options.map(({ key, isWide, words, answer }, index) => (
        <label
          key={key}
          className={index === chosen ? 'is-chosen' : undefined}
          data-wide={isWide || undefined}
        >
          <input
            type="radio"
            name={name}
            checked={index === chosen}
            data-lesson-focus={index === Math.max(chosen, 0) ? true : undefined}
            onChange={() => setDraft(answer)}
          />
          <span>{words}</span>
          {index === chosen && <span className="lesson-yours">your answer</span>}
        </label>
      ))}
    </fieldset>
  )
}

/** Whether two answers of one question choose the same. */
function isSame(one: Answer, other: Answer | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

interface FormProps<K extends ShownQuestion['kind']> {
  question: QuestionOf<K>
  label: string
}

function NumberQuestion({ question, label }: FormProps<'number'>) {
  const draft = useLesson((lesson) => lesson.draft)
  const range = useId()
  const { unit, least, most } = question
  const isFaulty = draft !== null && !isWhole(question, draft)
  return (
    <>
      <label className="lesson-number">
        <span className="visually-hidden">Your answer</span>
        <input
          type="number"
          step="any"
          inputMode="decimal"
          min={least}
          max={most}
          data-lesson-focus
          aria-labelledby={label}
          aria-invalid={isFaulty}
          aria-describedby={range}
          onChange={({ target }) => {
            const value = target.value === '' ? Number.NaN : Number(target.value)
            setDraft(Number.isFinite(value) ? { kind: 'number', value } : null)
          }}
          onKeyDown={(event) => {
            if (!goesOn(event)) return
            event.preventDefault()
            perform('goOnWithLesson')
          }}
        />
        {unit !== '' && <span>{unit}</span>}
      </label>
      <p id={range} className={isFaulty ? 'field-error' : 'lesson-hint'}>
        {rangeWords(least, most)}
        {!isFaulty && ' Enter answers.'}
      </p>
    </>
  )
}

/** Also the letter that means “Reveal” and “Next” elsewhere: no number has it. */
function goesOn({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false
  return key === 'Enter' || actionOfKey(key) === 'goOnWithLesson'
}

function rangeWords(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `A number from ${least} to ${most}.`
  if (least !== undefined) return `A number of at least ${least}.`
  return most === undefined ? 'A number.' : `A number of at most ${most}.`
}
