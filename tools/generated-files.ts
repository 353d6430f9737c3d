import { makeVerifierPage } from '../proof/src/page/build.ts'

/** One committed file that code makes. `path` is from the project's root, where commands run. */
export interface GeneratedFile {
  readonly path: string
  readonly make: () => Promise<string | Uint8Array>
}

/** Every generated file of the project; each ends in `.gen.…` or is a sample that people open. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'proof/src/page/verifier-page.gen.ts', make: makeVerifierPage },
]
