import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { settings } from './records.ts'
import { SETTING_RULES } from './settings.ts'

/** Every published parameter of the ledger and of contracts, also those never set. */
export const listSettings = query({
  name: 'governance.listSettings',
  summary: 'Lists the parameters of the ledger and of contracts with their values.',
  input: Type.Object({}),
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        name: Type.String(),
        value: Type.Union([Type.Integer(), Type.String(), Type.Boolean()]),
        isDefault: Type.Boolean(),
      }),
    ),
  }),
  mayRead: () => true,
  run: (view) => ({
    items: SETTING_RULES.map(({ name, fallback }) => {
      const value = view.state(settings).find(name)?.value
      return { name, value: value ?? fallback, isDefault: value === undefined }
    }),
  }),
})
