// A point of a plane, in whatever unit its user counts.

export interface Point {
  readonly x: number
  readonly y: number
}
