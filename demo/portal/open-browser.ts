/* Shows an address in the browser of whoever sits here, if there is one. */
import { spawn } from 'node:child_process'

/**
 * Opens an address in the default browser; does nothing where there is none.
 *
 * @param environment  of the process: on Linux a browser needs a display
 * @returns whether a browser was asked
 */
export function openBrowser(
  url: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const [command, ...words] = commandFor(url, platform, environment) ?? []
  if (command === undefined) return false
  const child = spawn(command, words, { detached: true, stdio: 'ignore' })
  // No such program: the address is printed anyway.
  child.on('error', () => {})
  child.unref()
  return true
}

/** What opens an address on this system; undefined where nothing can. */
export function commandFor(
  url: string,
  platform: NodeJS.Platform,
  { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION }: Readonly<Record<string, string | undefined>>,
): string[] | undefined {
  if (SSH_CONNECTION !== undefined) return undefined
  if (platform === 'darwin') return ['open', url]
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', url]
  const hasDisplay = DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined
  return hasDisplay ? ['xdg-open', url] : undefined
}
