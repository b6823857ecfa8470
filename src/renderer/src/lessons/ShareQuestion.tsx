// "What will the shares be?": a bar a server, which is dragged or moved by keys. Together they are always 100 %.
import { useId } from 'react'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import { percentWords } from '../../../shared/lesson/number-words'
import { useLab } from '../lab/lab'
import { setDraft, useLesson } from '../lab/lesson'
import { equalShares, withShare } from '../lab/lesson-answer'
import { policyVariable } from '../ui/theme/policy'

interface ShareQuestionProps {
  question: Extract<ShownQuestion, { kind: 'share' }>
  label: string
}

export function ShareQuestion({ question: { servers }, label }: ShareQuestionProps) {
  const draft = useLesson((lesson) => lesson.draft)
  const hint = useId()
  const shares = draft?.kind === 'share' ? draft.shares : equalShares(servers)
  const colour = useLab(({ state }) =>
    policyVariable(state, state.rows.get(servers[0] ?? '')?.policy),
  )
  return (
    <>
      <fieldset
        className="lesson-shares"
        aria-labelledby={label}
        style={{ '--node-colour': colour }}
      >
        {shares.map(({ server, percent }, index) => (
          <label key={server}>
            <span>Server {server}</span>
            <input
              type="range"
              min={0}
              max={100}
              step={1}
              value={percent}
              data-lesson-focus={index === 0 ? true : undefined}
              aria-valuetext={percentWords(percent)}
              aria-describedby={hint}
              style={{ '--share': `${percent}%` }}
              onChange={({ target }) =>
                setDraft({ kind: 'share', shares: withShare(shares, server, Number(target.value)) })
              }
            />
            <output>{percentWords(percent)}</output>
          </label>
        ))}
      </fieldset>
      <p id={hint} className="lesson-hint">
        Drag a bar, or move it with the arrow keys. The others share what is left of 100 %.
      </p>
      {draft === null && (
        <button
          type="button"
          className="link"
          onClick={() => setDraft({ kind: 'share', shares: equalShares(servers) })}
        >
          Equal shares are my answer
        </button>
      )}
    </>
  )
}
