// Does several things at a time.

/** Results in the order of the tasks. At most `lanes` of them are being done at once. */
export async function inLanes<T, R>(
  tasks: readonly T[],
  lanes: number,
  perform: (task: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const lane = async () => {
    while (next < tasks.length) {
      const index = next
      next += 1
      results[index] = await perform(tasks[index] as T, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, tasks.length) }, lane))
  return results
}
