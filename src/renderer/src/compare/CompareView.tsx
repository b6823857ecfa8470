// The view of two to four labs side by side, over the whole window: the form, the progress and the result.
import { X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { scenarioOf } from '../../../shared/scenario-file'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { ComparedResult } from './ComparedResult'
import { CompareForm } from './CompareForm'
import { firstDraft } from './draft'
import { togglePlaying } from './playback'
import { type Compared, useComparison } from './run'
import { type CompareSettings, settingsKey } from './settings-key'
import './compare.css'

const FIRST_SECONDS = 60

export function CompareView() {
  const dialog = useRef<HTMLDialogElement>(null)
  const lab = useLab(({ live }) => live.scenario)
  const earlier = useComparison((state) => state.compared)
  // The result of another scenario is not shown under this one's name.
  const compared = earlier?.asked.lab === lab ? earlier : undefined
  const [settings, setSettings] = useState(() => firstSettings(compared))
  const isOld = useMemo(() => isOfOthers(settings, compared), [settings, compared])
  const close = () => useUi.getState().setComparing(false)
  useEffect(() => {
    const view = dialog.current
    if (view === null) return undefined
    view.showModal()
    return keepFocus(view)
  }, [])
  return (
    <dialog
      ref={dialog}
      className="compare"
      aria-label="Side by side"
      tabIndex={-1}
      onClose={close}
      onKeyDown={(event) => {
        if (event.key !== ' ' || event.target !== event.currentTarget) return
        event.preventDefault()
        togglePlaying()
      }}
    >
      <header className="compare-head">
        <h2>Side by side</h2>
        <p className="muted">
          The same arrivals and service times, and the same faults on clients’ links, in labs of
          their own.
        </p>
        <button type="button" className="icon-button" aria-label="Close" onClick={close}>
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      <div className="compare-body">
        <CompareForm settings={settings} onChange={setSettings} />
        {compared && <ComparedResult compared={compared} isOld={isOld} />}
      </div>
    </dialog>
  )
}

/** Focuses the view when the focused control disappears. Returns a function that ends this. */
function keepFocus(view: HTMLDialogElement): () => void {
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body) view.focus({ preventScroll: true })
  })
  observer.observe(view, { childList: true, subtree: true })
  return () => observer.disconnect()
}

function firstSettings(compared: Compared | undefined): CompareSettings {
  const { live } = useLab.getState()
  const { seconds, source } = compared?.asked.settings ?? {
    seconds: FIRST_SECONDS,
    source: 'traffic',
  }
  return { draft: firstDraft(live, scenarioOf(live).contents.pools), seconds, source }
}

/** Whether the result belongs to other settings, or to another lab, than the present ones. */
function isOfOthers(settings: CompareSettings, compared: Compared | undefined): boolean {
  if (compared === undefined) return false
  const { contents } = scenarioOf(useLab.getState().live)
  return settingsKey(contents, settings) !== compared.asked.key
}
