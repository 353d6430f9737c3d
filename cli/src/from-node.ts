/** What the command line takes from the node beside its index: one place, so that its arrow is easy to see. */
export { draftColumns } from '../../node/src/drafts/draft-columns.ts'
export { writeTemplate } from '../../node/src/files/write-template.ts'
