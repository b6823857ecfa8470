// The stage view: beside the graph of projector mode, why the latest decision was made, or the one that is selected. The view
// fills the screen where the browser lets it.
import { useEffect } from 'react'
import { failureOf } from '../../../shared/state/decisions'
import { visibly } from '../../../shared/visible-controls'
import { useUi } from '../choices/ui'
import { explainedDecision, LatestDecision, ReceiptView } from '../decisions'
import { useLesson } from '../lab/lesson'
import { usePacedState } from '../lab/paced'
import './stage.css'

export function StageReceipt() {
  useFullScreen()
  return (
    <section className="stage-receipt" aria-label="Receipt">
      <Explained />
    </section>
  )
}

function Explained() {
  const state = usePacedState()
  const selection = useUi((ui) => ui.selection)
  const revealed = useLesson(({ view }) =>
    view?.gate.kind === 'ask' ? view.gate.reveal?.decision : undefined,
  )
  const { foreign } = state
  if (foreign) {
    return (
      <p className="muted">{visibly`${foreign.name} is in the proxy’s place, and gives no reasons.`}</p>
    )
  }
  const decision = explainedDecision(state, selection, revealed ?? undefined)
  if (decision === undefined) {
    return (
      <p className="muted">
        {selection?.kind === 'packet'
          ? 'No server has been chosen for this message yet.'
          : 'The next decision is explained here.'}
      </p>
    )
  }
  if (decision === state.decisions.get(decision.policy)) {
    return <LatestDecision key={decision.policy} decision={decision} state={state} />
  }
  const question = state.packets.at(decision.exchange - 1)
  return (
    <ReceiptView
      key={`${decision.exchange} ${decision.attempt}`}
      decision={decision}
      state={state}
      about={visibly`Policy ${decision.policy}, message ${decision.exchange}`}
      failure={question && failureOf(question, decision.attempt)}
      followed={question?.decision !== undefined && question.decision.attempt > decision.attempt}
    />
  )
}

/** Leaving the full screen leaves the view, for the browser takes the Escape key then. */
function useFullScreen(): void {
  useEffect(() => {
    const { documentElement: page } = document
    // Refused without a key or a click just before, or where there is no full screen: the view then has the window.
    page.requestFullscreen?.().catch(() => {})
    const leave = () => {
      if (document.fullscreenElement === null) useUi.getState().setStage(false)
    }
    document.addEventListener('fullscreenchange', leave)
    return () => {
      document.removeEventListener('fullscreenchange', leave)
      if (document.fullscreenElement === page) void document.exitFullscreen()
    }
  }, [])
}
