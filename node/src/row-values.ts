/** Values of fields as the contracts read and spell them: one validation for chain, files and vault. */
export { findFieldFault, toFeel } from '../../contracts/src/cases/field-values.ts'
