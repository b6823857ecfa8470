// Lets `style` carry the custom properties that the CSS reads.
import 'react'

declare module 'react' {
  interface CSSProperties {
    '--node-colour'?: string
    '--share'?: string
    '--hang'?: string
    '--length'?: number
  }
}
