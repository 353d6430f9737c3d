/* What a workspace is to the shell: where it lies, whom it is for, what its navigation lists, its pages. */
import type { RouteObject } from 'react-router'
import type { SessionShown } from '../session/session.tsx'

/** Two texts of one meaning. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** One line of the navigation; `group` is a heading above the first line that has it. */
export interface NavItem {
  readonly to: string
  readonly label: Bilingual
  readonly group?: Bilingual
  /** Whether a session sees the line; all do unless told. */
  readonly isFor?: (session: SessionShown | null) => boolean
}

/** A workspace. */
export interface Workspace {
  readonly id: 'demo' | 'institution' | 'supervision' | 'explore' | 'own' | 'calculators'
  /** Where its pages begin, for example `/institution`. */
  readonly prefix: string
  readonly label: Bilingual
  /** Whether a session sees it; null is the public. */
  readonly isFor: (session: SessionShown | null) => boolean
  /** Navigation at the side (dense work) or on top (public pages). */
  readonly navigation: 'side' | 'top'
  readonly items: readonly NavItem[]
  readonly routes: readonly RouteObject[]
}
