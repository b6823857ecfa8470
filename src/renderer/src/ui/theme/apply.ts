// Applies the theme to the page: `data-theme` and the colour variables, `data-projector`.
import type { Preferences } from '../../choices/preferences'
import { cssVariables, type Scheme } from './tokens'

const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)')

/** The colour scheme of a theme now. */
export function schemeOf(theme: Preferences['theme']): Scheme {
  // Drawings keep their own colours on the system's background: they follow it.
  const isForced = window.matchMedia('(forced-colors: active)').matches
  if (theme !== 'system' && !isForced) return theme
  return prefersDark().matches ? 'dark' : 'light'
}

export function applyTheme(theme: Preferences['theme'], projector: boolean): void {
  const root = document.documentElement
  const scheme = schemeOf(theme)
  root.dataset.theme = scheme
  root.style.colorScheme = scheme
  root.toggleAttribute('data-projector', projector)
  for (const [name, value] of Object.entries(cssVariables(scheme))) {
    root.style.setProperty(name, value)
  }
}

/** Calls the listener when the system changes between light and dark. Returns the way to stop. */
export function onSystemScheme(listener: () => void): () => void {
  const query = prefersDark()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export function appliedScheme(): Scheme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
}

/** Calls the listener when another scheme has been applied to the page. Returns the way to stop. */
export function onAppliedScheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
