// Shows a fault of the screen itself: what happened, how to continue, and the details for the person who repairs it.
import { Component, type ReactNode } from 'react'
import { CopyDetails } from './CopyDetails'
import { problemHere } from './problems'

interface ErrorBoundaryState {
  fault: { thrown: unknown } | null
}

export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { fault: null }

  static getDerivedStateFromError(thrown: unknown): ErrorBoundaryState {
    return { fault: { thrown } }
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (!fault) return this.props.children
    const { message, details } = problemHere(fault.thrown)
    return (
      <main className="crash" role="alert">
        <h1>The screen could not go on</h1>
        <p>{message}</p>
        <p>The lab itself is still running: reloading shows it as it is now.</p>
        <div className="modal-actions">
          <CopyDetails details={details} />
          <button type="button" className="button primary" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      </main>
    )
  }
}
