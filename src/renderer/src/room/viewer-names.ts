// Viewers by name, as the instructor chooses among them: those of the same name by their numbers, too.
interface Named {
  readonly viewer: number
  readonly name: string
}

/** By the viewer's number: `Ada`, or `Ada (viewer 3)` beside another Ada. */
export function viewerNames(viewers: readonly Named[]): ReadonlyMap<number, string> {
  const counts = new Map<string, number>()
  for (const { name } of viewers) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    viewers.map(({ viewer, name }) => {
      if (name === '') return [viewer, `Viewer ${viewer}`]
      return [viewer, counts.get(name) === 1 ? name : `${name} (viewer ${viewer})`]
    }),
  )
}
