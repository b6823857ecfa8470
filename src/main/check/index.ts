// The homework check's one public file: runs a student's program against the protocol, one requirement after another.
export { checkEach } from './check-each'
export { checkProgram, requirementsOf } from './check-program'
export {
  NOT_ALLOWED,
  programChecks,
  type StartProgramCheck,
  startProgramCheck,
} from './program-check'
export { readRubric } from './rubric'
export { DEFAULT_LIMITS } from './stage'
