// The page of a class, for phones and laptops: joins, shows the lab in small, and asks what the instructor asks. It shares
// nothing with the app but the colours, so that it is small.
import { createRoot } from 'react-dom/client'
import { applyTheme, onSystemScheme } from '../ui/theme/apply'
import { ClassPage } from './ClassPage'
import { startClass } from './connection'
import './room-page.css'

const applySystemTheme = () => applyTheme('system', false)
applySystemTheme()
onSystemScheme(applySystemTheme)
startClass()

const root = document.getElementById('root')
if (!root) throw new Error('room.html has no element with the id "root".')
createRoot(root).render(<ClassPage />)
