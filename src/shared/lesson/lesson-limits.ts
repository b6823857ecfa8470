// How large a lesson may be. Reading one takes time, and it may come from a stranger.

/** The text of a lesson; a long one has a quarter of it. */
export const MAX_LESSON_TEXT_BYTES = 128 * 1024
/** A paragraph of a lesson, or an item of a list: reading one takes time that grows with its square. */
export const MAX_PARAGRAPH_CHARS = 1_500
/** Characters in a paragraph that may begin or end something in Markdown: `*`, `_`, `~`, `[`, `]`, `<` and the backtick. */
export const MAX_PARAGRAPH_MARKS = 150
/** Lines of the whole text of a lesson. A long lesson has a tenth of them. */
export const MAX_LESSON_LINES = 5_000
/** Lines of a step. The time for reading its text grows with their square. */
export const MAX_STEP_LINES = 500
/** Lines of a text in one field of a block. */
export const MAX_FIELD_LINES = 100
/** The fields of one block of a lesson. */
export const MAX_BLOCK_CHARS = 16_000
/** Fields and items of lists in one block of a lesson, at all depths. */
export const MAX_BLOCK_FIELDS = 400
export const MAX_TITLE_CHARS = 200
/** The name of a file of a lesson, with its folders. */
export const MAX_LESSON_NAME_CHARS = 200
export const MAX_LESSON_STEPS = 100
/** Scenarios, pictures and programs of a lesson. */
export const MAX_LESSON_FILES = 100
export const MAX_LESSON_FILE_BYTES = 1024 * 1024
/** All files of a lesson together, unpacked. */
export const MAX_LESSON_BYTES = 6 * 1024 * 1024
/** The most mistakes that are reported of one lesson. */
export const MAX_LESSON_PROBLEMS = 200
/** A lesson as one file, a zip. */
export const MAX_LESSON_ZIP_BYTES = 6 * 1024 * 1024
