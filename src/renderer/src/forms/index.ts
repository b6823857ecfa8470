// The form of a client or a server, and its fields.
export { NodeForm } from './NodeForm'
export { SettingField } from './SettingField'
export { draftOf, valuesOf } from './setting-values'
