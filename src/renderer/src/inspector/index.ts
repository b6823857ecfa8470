// What the inspector gives to the shell.
export { Inspector } from './Inspector'
