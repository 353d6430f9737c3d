import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files of the fictional library card, the package that the tutorial writes, shortened. */
export const CARD_FILES: Readonly<Record<string, string>> = {
  'service.yaml': `service: library-card
version: 1.0.0
title: {zh: 借书证, en: Library card}
responsible: LIB
effectiveFrom: 2026-01-01
uses: [library-rules]
basis: [Library statute/1]
parties:
  school: opener
  library: branch
registers:
  library-card:
    key: [number]
    fields: {kind: {code: [CHILD, ADULT]}, deposit: money}
opens:
  by: school
  fields: {number: reference, kind: {code: [CHILD, ADULT]}, branch: member}
  then: [decide]
sections:
  names:
    level: 2
    owner: library
    readers: [school]
    rows: name-row
    purpose: CARD
    clause: Library statute/1
rows:
  name-row:
    columns: {name: {type: text, maxLength: 100}, age: integer, kind: {code: [CHILD, ADULT]}}
steps:
  decide:
    holder: library
    by: {role: librarian}
    form: {fields: {bookPrice: money, deposit: money}}
    compute:
      ceiling: {rule: library.deposit-ceiling, facts: {kind: kind, bookPrice: bookPrice}}
    checks:
      - unless: deposit <= ceiling.most
        refuse: DEPOSIT_TOO_HIGH
        clause: Library statute/1
    outcomes:
      granted:
        effects:
          - {record: library-card, key: number, owner: library, fields: {kind: kind, deposit: deposit}}
        then: [name-readers]
      refused: {ends: REFUSED}
    clock: {within: 3 days, clause: Library statute/1, lapse: {alert: DECISION_LATE, to: [library]}}
  name-readers:
    holder: school
    form: {batch: names}
    ends: DONE
retention: {keep: 1 year, clause: Library statute/1}
`,
  'law.yaml': `Library statute/1:
  effectiveFrom: 2020-01-01
  certainty: P
  quotation: Everyone may read.
`,
  'texts/zh.yaml': `step: {decide: 决定, name-readers: 报读者}
sign:
  open: 我们向{branch}申请{kind}借书证{number}。
  decide: 按书价{bookPrice}元，收押金{deposit}元。
field: {name: 姓名, age: 年龄, kind: 类别}
code: {kind: {CHILD: 儿童, ADULT: 成人}}
refuse: {DEPOSIT_TOO_HIGH: 押金超过上限}
alert: {DECISION_LATE: 决定超过期限}
`,
  'texts/en.yaml': `step: {decide: Decide, name-readers: Name the readers}
sign:
  open: We ask {branch} for a {kind} card with the number {number}.
  decide: With a book price of {bookPrice} yuan we ask for {deposit} yuan.
field: {name: Name, age: Age, kind: Kind}
code: {kind: {CHILD: child, ADULT: adult}}
refuse: {DEPOSIT_TOO_HIGH: The deposit is above the ceiling}
alert: {DECISION_LATE: The decision is late}
`,
  'examples/cases.yaml': `refused:
  title: {zh: 不发, en: Refused}
  at: 2026-03-02T10:00
  world: {members: {school: [], cityLibrary: [LIB]}, entries: [], packages: []}
  acts:
    - by: school
      do: open
      fields: {number: C-1, kind: ADULT, branch: cityLibrary}
      expect: {status: OPEN, open: [decide]}
    - by: cityLibrary
      do: act
      step: decide
      outcome: refused
      fields: {bookPrice: '12.34', deposit: '24.68'}
      expect: {status: REFUSED}
`,
}

/** Files of the library that it uses. */
export const RULES_FILES: Readonly<Record<string, string>> = {
  'library.yaml': `library: library-rules
version: 2.1.0
title: {zh: 借书规则, en: Rules of lending}
responsible: LIB
effectiveFrom: 2020-01-01
uses: []
basis: [Library statute/2]
`,
  'law.yaml': `Library statute/2:
  effectiveFrom: 2020-01-01
  certainty: P
  quotation: A deposit is at most twice the price; children pay none.
`,
  'rules/deposit.yaml': `library.deposit-ceiling:
  title: {zh: 押金上限, en: Highest deposit}
  clause: [Library statute/2]
  effectiveFrom: 2020-01-01
  facts:
    kind: {codes: [CHILD, ADULT]}
    bookPrice: money
  outputs:
    most: money
  parameters: [library.deposit-factor]
  steps:
    most:
      is: if kind = "CHILD" then 0 else bookPrice * parameter("library.deposit-factor")
      rounding: {mode: DOWN, places: 2, clause: Library statute/2}
`,
  'parameters/deposit.csv': `parameter,value,region,effectiveFrom,effectiveTo,clause
library.deposit-factor,2,000000,2020-01-01,,Library statute/2
`,
  'texts/zh.yaml': 'about: 规则\n',
  'texts/en.yaml': 'about: Rules\n',
  'examples/deposit.yaml': `- rule: library.deposit-ceiling
  name: an adult pays at most twice the price
  source: hand
  arithmetic: 2 × 12.34 = 24.68
  on: 2026-03-02
  facts: {kind: ADULT, bookPrice: '12.34'}
  outputs: {most: '24.68'}
`,
}

/** Writes files below a folder, making what is missing on the way. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A new folder with the card and the library that it uses, side by side. */
export function cardFolders(): string {
  const root = mkdtempSync(join(tmpdir(), 'renshe-card-'))
  writeFiles(join(root, 'library-card'), CARD_FILES)
  writeFiles(join(root, 'library-rules'), RULES_FILES)
  return root
}
