/** How time runs. */
export interface ClockState {
  paused: boolean
  speed: number
  /** Set while time is paused for an operator who looks back: it runs again afterwards. */
  lookingBack?: boolean
}
