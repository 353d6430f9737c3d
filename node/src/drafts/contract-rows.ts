/** How the contracts read and check a row: one judgement at the upload and when members compute. */
export { BATCH_ROWS, LEAST_PUBLIC_ROWS } from '../../../contracts/src/cases/limits.ts'
export {
  findRowFault,
  type PreparedCheck,
  prepareCheck,
  RowScope,
} from '../../../contracts/src/cases/row-check.ts'
