import { usage } from './failure.ts'

/** An option that this command must have although the parser cannot say when. */
export function needOption(value: string | undefined, flag: string): string {
  if (value !== undefined) return value
  throw usage(`必须给出选项 ${flag}。`, `The option ${flag} is required.`)
}
