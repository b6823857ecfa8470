// A fault of the screen itself: said once, in words, with a way on and the details for whoever mends it.
import { Component, type ReactNode } from 'react'

interface ErrorBoundaryState {
  error: Error | null
}

export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    const details = `Roundabout\n${navigator.userAgent}\n${error.stack ?? error.message}`
    return (
      <main className="crash" role="alert">
        <h1>The screen could not go on</h1>
        <p>{error.message}</p>
        <p>The lab itself is still running: reloading shows it as it is now.</p>
        <div className="modal-actions">
          <button
            type="button"
            className="button"
            onClick={() => void navigator.clipboard.writeText(details)}
          >
            Copy details
          </button>
          <button type="button" className="button primary" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      </main>
    )
  }
}
