// Copies a problem's details for the person who repairs it; without access to the clipboard, shows them as text.
import { useState } from 'react'

type Copied = 'not yet' | 'yes' | 'refused'

export function CopyDetails({ details }: { details: string }) {
  const [copied, setCopied] = useState<Copied>('not yet')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(details)
      setCopied('yes')
    } catch {
      setCopied('refused')
    }
  }
  if (copied === 'refused') return <pre className="details">{details}</pre>
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      {copied === 'yes' ? 'Copied' : 'Copy details'}
    </button>
  )
}
