// A map of plain values while a batch of events is applied to it: it is copied when it first changes.
export class PlainDraft<K, V> {
  private copy: Map<K, V> | undefined

  constructor(private readonly original: ReadonlyMap<K, V>) {}

  get map(): ReadonlyMap<K, V> {
    return this.copy ?? this.original
  }

  edit(): Map<K, V> {
    this.copy ??= new Map(this.original)
    return this.copy
  }
}
