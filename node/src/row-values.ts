/** Values of fields as the contracts read and spell them: one validation for chain, files and vault. */
export {
  findFieldFault,
  spellFact,
  toFeel,
  type ValueType,
} from '../../contracts/src/cases/field-values.ts'
