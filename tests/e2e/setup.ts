// What holds for every end-to-end file: its browser ends with it. The files share a process and its modules, which are not
// loaded anew for each.
import { afterAll } from 'vitest'
import { closeBrowser } from './browser'

afterAll(closeBrowser)
