// What the recording benchmark's page can be asked for.

export interface RecordingBench {
  /** Fetches the recording and keeps it as a file does: outside of this process's memory. */
  load(): Promise<{ bytes: number }>
  /** Opens it anew. */
  open(): Promise<number>
  /** Milliseconds until the state at each of these parts (0 to 1) of the whole is here. */
  seek(parts: readonly number[]): Promise<number[]>
  /** The same by reducing every event from the start. */
  plain(part: number): Promise<number>
  find(filter: string, key: 'id' | 'roundTrip'): Promise<number>
  /** Milliseconds for a page of rows in an order that jumps about. */
  page(ids: number): Promise<number>
  /** Bytes of the page and its workers, everything collected that can be. */
  memory(): Promise<number>
}

declare global {
  var recordingBench: RecordingBench
}
