// What the packet list gives to the shell.
export { ColumnsMenu } from './ColumnsMenu'
export { CopyMenu } from './CopyMenu'
export { FilterBox } from './FilterBox'
export { PacketsPanel } from './PacketsPanel'
