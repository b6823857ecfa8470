// Another program in the proxy's place.
export { ForeignFacts } from './ForeignFacts'
export { RunExported } from './RunExported'
export { SeenTurns } from './SeenTurns'
export { SwapDialog } from './SwapDialog'
export { choiceWords } from './words'
