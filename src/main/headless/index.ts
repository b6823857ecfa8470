// What the headless host gives to the command line: the app's page for a lab that runs.
export { startWebHost } from './web-host'
