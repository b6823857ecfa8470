// The forms of a client and of a server.
export { ClientForm } from './ClientForm'
export { ServerForm } from './ServerForm'
