// The logo: a roundabout with its island, and the exit that the pointer has just left.
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2.4" />
      <circle cx="12" cy="12" r="3.6" fill="var(--accent)" />
      <path d="M12 3a9 9 0 0 1 9 9" fill="none" stroke="var(--accent)" strokeWidth="2.4" />
    </svg>
  )
}
