/*
 * The public calculators in a real browser: from a changed answer in the address to the new answer on the page,
 * rules, explanation and drawing included.
 */
import { chromium, type Page } from 'playwright-core'
import { discard, startDemonstration } from '../portal/e2e/demonstration-host.ts'
import { type Measured, median } from './measure.ts'

/** By calculator: the situation as its address says it, and the question whose answer is changed. */
const SITUATIONS: Readonly<
  Record<string, readonly [situation: string, question: string, answers: string[]]>
> = {
  retirement: ['group=MALE', 'birthMonth', ['1979-03', '1970-06', '1968-11', '1975-01']],
  pension: [
    'age=60-0&paid=28-4&index=1.062&base=8462',
    'balance',
    ['96480.50', '50000', '71234.56'],
  ],
  contribution: ['payer=EMPLOYED&local=8000&class=2', 'wage', ['7000', '9123.45', '3000', '30000']],
  unemployment: ['why=INVOLUNTARY&registered=YES&unused=3', 'paid', ['8-0', '2-6', '11-1']],
  'work-injury': ['wage=6000&local=8000', 'grade', ['7', '4', '10', '1']],
  severance: ['service=3-5-0&local=9000&illegal=NO', 'wage', ['8000', '12345.67', '30000']],
  'double-wage': [
    'hired=2026-01-10&wage=6000',
    'signed',
    ['2026-07-10', '2026-05-05', '2026-03-31'],
  ],
  annuity: [
    'event=RESIGNED&tenure=2-6&ladder=12-20_24-50_36-100&own=5000',
    'employer',
    ['1000.01', '8000', '12345.67'],
  ],
  'late-fee': ['arrears=2400&due=2026-08-15', 'paid', ['2026-08-25', '2026-09-30', '2026-10-31']],
  'injury-fee': ['industry=INSTANT_DELIVERY&band=STANDARD', 'orders', ['1001', '412', '2500']],
}
const CHANGES = 40
const MOST_MILLISECONDS = 50

/**
 * Milliseconds to a new answer, for each of the ten calculators.
 *
 * @param url  of a node at work; a demonstration is started if left out
 */
export async function measureCalculators(url?: string): Promise<Measured[]> {
  const host = url === undefined ? await startDemonstration() : null
  const browser = await chromium.launch({
    executablePath: process.env.RENSHE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  try {
    const page = await browser.newPage({ locale: 'zh-CN' })
    // tsx marks functions with their names by a function that a page has not.
    await page.addInitScript('globalThis.__name = (made) => made')
    const measured: Measured[] = []
    for (const [name, [situation, question, answers]] of Object.entries(SITUATIONS)) {
      const addresses = answers.map((answer) => `#${situation}&${question}=${answer}`)
      await page.goto(`${url ?? host?.url}/tools/${name}${addresses[0]}`)
      await page.waitForSelector('.tool-headline', { timeout: 120_000 })
      const times = await timesOf(page, addresses)
      measured.push({
        name: `calculator ${name}: from a changed answer to the answer on the page, median`,
        value: median(times),
        unit: 'ms',
        demanded: { most: MOST_MILLISECONDS },
        rounds: times,
      })
    }
    return measured
  } finally {
    await browser.close()
    if (host !== null) {
      await host.stop()
      discard(host)
    }
  }
}

/** Changes the address again and again; each time until the answer's words are others. */
function timesOf(page: Page, addresses: readonly string[]): Promise<number[]> {
  return page.evaluate(
    async ([all, count]) => {
      const answered = (): string => document.querySelector('.tool-answer')?.textContent ?? ''
      const times: number[] = []
      for (let at = 1; at <= count; at += 1) {
        const before = answered()
        const begin = performance.now()
        const changed = new Promise<void>((resolve) => {
          const watch = new MutationObserver(() => {
            if (answered() === before || answered() === '') return
            watch.disconnect()
            resolve()
          })
          watch.observe(document.body, { subtree: true, childList: true, characterData: true })
        })
        location.hash = all[at % all.length] as string
        await changed
        times.push(performance.now() - begin)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
      return times
    },
    [addresses, CHANGES] as const,
  )
}
