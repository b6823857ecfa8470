// What this device keeps of the class, so that it comes back as the same viewer. A browser may refuse to keep anything.
const KEY = 'roundabout-class'

interface Kept {
  token: string
  name: string
}

export function rememberedViewer(): Kept {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const field = (name: string) => {
      const text = typeof value === 'object' && value !== null ? Reflect.get(value, name) : ''
      return typeof text === 'string' ? text : ''
    }
    return { token: field('token'), name: field('name') }
  } catch {
    return { token: '', name: '' }
  }
}

export function remember(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // It has to enter the code again after a reload.
  }
}

/** The class is over, or another one; the name stays. */
export function forget(): void {
  remember({ token: '', name: rememberedViewer().name })
}
