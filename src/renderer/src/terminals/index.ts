// What the terminals give to the shell.
export { TerminalsPanel } from './TerminalsPanel'
