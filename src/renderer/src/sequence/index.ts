// What the sequence diagram gives to the shell.
export { SequencePanel } from './SequencePanel'
