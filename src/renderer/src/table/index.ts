// What the switching table gives to the shell.
export { TablePanel } from './TablePanel'
