// What the graph gives to the shell.
export { Canvas } from './Canvas'
