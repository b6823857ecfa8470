// What other features use of the graph.
export { Canvas } from './Canvas'
