export { type ContentsSwitch, logContents } from './contents'
export { createLog, type Log } from './log'
export { problemText } from './problem'
export { placeLines, programLine } from './run'
