// The form of a client or a server, the settings of a pool, and settings that are changed where they are shown.
export { type Saved, useCommandForm } from './command-form'
export { type Entered, type SendChange, useEntered } from './entered'
export { FieldError } from './FieldError'
export { TypedAtOnce } from './LiveScalar'
export { LiveSettings } from './LiveSettings'
export { NodeForm } from './NodeForm'
export { RateSlider } from './RateSlider'
export { SettingsGroups } from './SettingsGroups'
