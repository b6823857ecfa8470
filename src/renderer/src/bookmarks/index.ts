export { BookmarksDialog } from './BookmarksDialog'
