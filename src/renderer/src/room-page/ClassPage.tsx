// The page: who one is and which class, what is asked, what one has in the lab, the lab in small, and what is looked at.
import { type FormEvent, useState } from 'react'
import { counted } from '../../../shared/format'
import { ClientView } from './ClientView'
import { type Phase, useClass } from './class-state'
import { join, rename, wholeLabAddress } from './connection'
import { LabView } from './LabView'
import { NodeView } from './NodeView'
import { ProgramsView } from './ProgramsView'
import { ServerView } from './ServerView'
import { VoteView } from './VoteView'

export function ClassPage() {
  const phase = useClass((state) => state.phase)
  const hasLab = useClass((state) => state.lab !== null)
  const isIn = phase === 'in' || (phase === 'lost' && hasLab)
  return (
    <>
      <Head isIn={isIn} />
      <main className="class-main">
        {phase === 'lost' && (
          <p className="class-banner" role="status">
            The connection is lost. Trying again…
          </p>
        )}
        {isIn ? (
          <InClass />
        ) : phase === 'entering' || phase === 'joining' ? (
          <JoinForm isJoining={phase === 'joining'} />
        ) : (
          <Over phase={phase} />
        )}
      </main>
    </>
  )
}

function Head({ isIn }: { isIn: boolean }) {
  const code = useClass((state) => state.code)
  const here = useClass((state) => state.here)
  const name = useClass((state) => state.name)
  const [isNaming, setIsNaming] = useState(false)
  return (
    <header className="class-head">
      <svg
        className="class-mark"
        viewBox="0 0 24 24"
        fill="none"
        strokeWidth="2.4"
        aria-hidden="true"
      >
        <circle cx="12" cy="12" r="9" stroke="var(--muted)" />
        <circle cx="12" cy="12" r="3.6" fill="var(--accent)" />
        <path d="M12 3a9 9 0 0 1 9 9" stroke="var(--accent)" />
      </svg>
      <h1>{isIn ? spaced(code) : 'Roundabout'}</h1>
      {isIn && <span className="class-here">{counted(here, 'viewer')}</span>}
      {isIn && !isNaming && (
        <button type="button" className="class-name" onClick={() => setIsNaming(true)}>
          {name === '' ? 'My name' : name}
        </button>
      )}
      {isIn && isNaming && <NameForm onDone={() => setIsNaming(false)} />}
    </header>
  )
}

function NameForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState(useClass.getState().name)
  const save = (event: FormEvent) => {
    event.preventDefault()
    rename(name)
    onDone()
  }
  return (
    <form className="class-name-form" onSubmit={save}>
      <input
        aria-label="My name"
        value={name}
        maxLength={40}
        autoComplete="nickname"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button">
        Save
      </button>
    </form>
  )
}

/** Six letters are read and typed in two groups. */
function spaced(code: string): string {
  return code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code
}

function JoinForm({ isJoining }: { isJoining: boolean }) {
  const given = useClass((state) => state.code)
  const knownName = useClass((state) => state.name)
  const error = useClass((state) => state.error)
  const [code, setCode] = useState(given)
  const [name, setName] = useState(knownName)
  return (
    <form
      className="class-card class-join"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isJoining) join(code, name)
      }}
    >
      <h2>Join the class</h2>
      <p className="muted">You see the lab, and answer questions. You cannot change it.</p>
      <label className="class-field">
        The code from the wall
        <input
          className="class-code"
          value={code}
          maxLength={12}
          autoCapitalize="characters"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={error !== ''}
          aria-describedby={error === '' ? undefined : 'join-error'}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
        />
      </label>
      {error !== '' && (
        <p className="class-error" id="join-error" role="alert">
          {error}
        </p>
      )}
      <label className="class-field">
        <span>
          A name{' '}
          <span className="muted">
            (if you like: the instructor sees it beside your answers, everybody beside your
            programs)
          </span>
        </span>
        <input
          value={name}
          maxLength={40}
          autoComplete="nickname"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary class-big" aria-disabled={isJoining}>
        {isJoining ? 'Joining…' : 'Join'}
      </button>
    </form>
  )
}

function InClass() {
  const token = useClass((state) => state.token)
  return (
    <div className="class-columns">
      <div className="class-side">
        <VoteView />
        <ClientView />
        <ServerView />
        <ProgramsView />
      </div>
      <section className="class-card" aria-label="The lab">
        <LabView />
        <NodeView />
        <p className="class-whole">
          <a href={wholeLabAddress(token)} target="_blank" rel="noreferrer">
            Open the whole lab
          </a>{' '}
          <span className="muted">for a laptop: with every message, and back in time</span>
        </p>
      </section>
    </div>
  )
}

const OVER: Partial<Record<Phase, { title: string; words: string }>> = {
  ended: {
    title: 'The class is over',
    words: 'Thank you for taking part. You can close this page.',
  },
  cutOff: { title: 'The connection was closed', words: 'Reload the page to come back.' },
  lost: {
    title: 'Nobody answers',
    words: 'The class may be over, or this device is in another network.',
  },
}

function Over({ phase }: { phase: Phase }) {
  const error = useClass((state) => state.error)
  const { title, words } = OVER[phase] ?? { title: '', words: '' }
  return (
    <section className="class-card class-over" role="status">
      <h2>{title}</h2>
      {error !== '' && <p>{error}</p>}
      <p className="muted">{words}</p>
    </section>
  )
}
