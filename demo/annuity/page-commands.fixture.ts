import { spawnSync } from 'node:child_process'

/** A block of commands of a page, with what the page says it prints. */
export interface PageStep {
  readonly commands: string
  /** Empty where the page says nothing. */
  readonly printed: string
}

/** Blocks of commands in order, each with the block of output that follows it. */
export function stepsOf(markdown: string): PageStep[] {
  const steps: PageStep[] = []
  for (const [, language, content = ''] of markdown.matchAll(/^```(sh|text)\n([\s\S]*?)^```$/gm)) {
    if (language === 'sh') steps.push({ commands: content, printed: '' })
    else if (steps.length > 0) {
      steps.push({ commands: steps.pop()?.commands ?? '', printed: content })
    }
  }
  return steps
}

/** Runs commands in a folder; gives what they print, errors too. */
export function runCommands(
  commands: string,
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): string {
  const { stdout, stderr } = spawnSync('bash', ['-c', commands], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return stdout + stderr
}

/** A printed text without what every run draws anew: hashes, ids, block numbers, times of day, sizes. */
export function withoutChance(printed: string): string {
  return (
    printed
      .replaceAll(/\b[0-9a-f]{32,}\b/g, '#')
      .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '#')
      .replaceAll(/demo-annuity-[0-9a-f]{8}/g, 'demo-annuity-#')
      .replaceAll(/\b([Bb]lock:?|transaction) [0-9]+/g, '$1 #')
      .replaceAll(/demo-annuity-#, [0-9]+/g, 'demo-annuity-#, #')
      .replaceAll(/[0-9]+ blocks/g, '# blocks')
      .replaceAll(/[0-9]{2}:[0-9]{2}:[0-9]{2}/g, '#')
      .replaceAll(/(determineStep OK, [a-z]+-[0-9]+), [0-9]+/g, '$1, #')
      .replaceAll(/[0-9]+ of 7 witnesses .*/g, '# of 7 witnesses')
      .replaceAll(/[^ ]+: line, [0-9]+ B/g, '#: line, # B')
      // How many siblings a leaf has depends on its place, and that on an account drawn anew.
      .replaceAll(/^.*, node [0-9]+\n/gm, '')
      .replaceAll(/[0-9]+ hashes/g, '# hashes')
  )
}
