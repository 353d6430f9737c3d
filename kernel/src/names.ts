import { isHex } from '@renshe/crypto'

// Written without RegExp: these decide what enters a block, and pattern engines differ.

function isLower(code: number): boolean {
  return code >= 97 && code <= 122
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function every(text: string, from: number, isAllowed: (code: number) => boolean): boolean {
  for (let i = from; i < text.length; i++) if (!isAllowed(text.charCodeAt(i))) return false
  return true
}

/** Whether the text is a member id or a chain name: `[a-z][a-z0-9-]{2,31}`. */
export function isName(text: string): boolean {
  if (text.length < 3 || text.length > 32 || !isLower(text.charCodeAt(0))) return false
  return every(text, 1, (code) => isLower(code) || isDigit(code) || code === 45)
}

/** Whether the text is `<name>-<first 8 hex digits of a genesis hash>`. */
export function isChainId(text: string): boolean {
  const dash = text.length - 9
  return dash > 0 && text[dash] === '-' && isName(text.slice(0, dash)) && isHex(text.slice(-8), 4)
}

/** Whether the text is `<module>.<verbNoun>` of at most 64 characters. */
export function isActionName(text: string): boolean {
  const dot = text.indexOf('.')
  if (dot < 1 || dot === text.length - 1 || text.length > 64) return false
  const isModule = (code: number) => isLower(code) || isDigit(code) || code === 45
  const isVerb = (code: number) => isLower(code) || isUpper(code) || isDigit(code)
  return (
    isLower(text.charCodeAt(0)) &&
    every(text.slice(0, dot), 1, isModule) &&
    isLower(text.charCodeAt(dot + 1)) &&
    every(text, dot + 2, isVerb)
  )
}

/** Whether the text is a refusal code: `[A-Z][A-Z0-9_]{1,63}`. */
export function isCode(text: string): boolean {
  if (text.length < 2 || text.length > 64 || !isUpper(text.charCodeAt(0))) return false
  return every(text, 1, (code) => isUpper(code) || isDigit(code) || code === 95)
}
