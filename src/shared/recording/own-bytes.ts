// Platforms take bytes only where they are sure that no other thread writes to them.

/** The same bytes where they lie, or, where they are in shared memory, a copy. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    : new Uint8Array(bytes)
}
