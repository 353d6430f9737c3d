/** Actions whose input may carry sealed content. */
export const SEALING: readonly string[] = ['cases.actOnStep', 'cases.recordArrival']
