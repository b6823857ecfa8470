// What other features use of the inspector.
export { Inspector } from './Inspector'
