// The form of a client or a server, and settings that are changed where they are shown.
export { type Saved, useCommandForm } from './command-form'
export { LiveSettings } from './LiveSettings'
export { NodeForm } from './NodeForm'
