// Whose a program of the room is.

export interface WithGroup {
  /** Programs of the room: their people, or the address of their machine (`machineOf`) while nobody is known there. */
  group?: string
}
