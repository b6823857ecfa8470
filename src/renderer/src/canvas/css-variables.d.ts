// Lets `style` carry the custom properties that the canvas's CSS reads.
import 'react'

declare module 'react' {
  interface CSSProperties {
    '--node-colour'?: string
  }
}
