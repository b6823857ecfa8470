// Whether packets lag behind the nodes: pictures are taken while the view moves (see page/probe.ts).
import type { JSHandle, Page } from 'playwright-core'
import type { PageBench } from './page/bench'

interface Lag {
  pictures: number
  /** The farthest that the packet was from its place, px. */
  pixels: number
  /** Pictures in which it was not to be seen. */
  missing: number
}

export async function largestLag(
  page: Page,
  bench: JSHandle<PageBench>,
  pictures: number,
): Promise<Lag> {
  await bench.evaluate((it) => it.showProbe())
  await bench.evaluate((it) => it.move())
  const devtools = await page.context().newCDPSession(page)
  const distances: (number | null)[] = []
  for (let picture = 0; picture < pictures; picture++) {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'png' })
    distances.push(await bench.evaluate((it, png) => it.probeDistance(png), data))
  }
  const seen = distances.filter((distance) => distance !== null)
  return { pictures, pixels: Math.max(0, ...seen), missing: distances.length - seen.length }
}
