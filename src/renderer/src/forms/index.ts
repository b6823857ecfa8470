// The form of a client or a server.
export { NodeForm } from './NodeForm'
