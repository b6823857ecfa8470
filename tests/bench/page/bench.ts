// What the bench, in Node, asks of the page in the browser. Free of both, so that either can import it.

export interface PageBench {
  /** How many packets are in flight from now on. */
  setPackets(packets: number): void
  /** Pans and zooms on every frame, until `rest`. */
  move(): void
  rest(): void
  /** Counts frames until `counted`. */
  count(): void
  /** Times of the frames since `count`, ms: of the window, and of the packet worker. */
  counted(): Promise<{ window: number[]; worker: number[] }>
  /** Shows one packet, standing still in the middle of a square that React Flow moves with the nodes. */
  showProbe(): void
  /** In a picture (PNG, base64): how far the packet is from the square's centre, px; null where it is missing. */
  probeDistance(picture: string): Promise<number | null>
}
