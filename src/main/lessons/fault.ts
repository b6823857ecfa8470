/** What keeps a lesson from going on, as a sentence for the person. */
export class LessonFault extends Error {}
