// The worker that draws packets.

/** Needs workers and OffscreenCanvas: Chromium ≥ 69, Firefox ≥ 105, Safari ≥ 16.4. */
export function startPacketWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
}
