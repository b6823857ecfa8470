/** Each fuse that is set, in electron-builder's names. */
export function fusesFor(electronVersion: string): Record<string, boolean>
export function checkFuses(app: string, electronVersion: string): Promise<void>
