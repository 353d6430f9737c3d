/** Builds the portal's files, once per content. */

export { type BuildPortal, buildPortal } from './build-portal.ts'
