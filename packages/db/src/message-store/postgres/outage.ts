/** Classes of SQLSTATE that say "not now": connection, resources, operator intervention (57), system; and a lock that was not had. */
const passing = /^(08|53|57|58)|^(55P03|40001|40P01|25006)$/

/** Whether a failure of node-postgres means that the database is out of reach, rather than that the statement is wrong. */
export const isOutage = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = (error as Error & { code?: unknown }).code
  // Errors of the driver and of sockets carry no SQLSTATE.
  return typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith("E") || passing.test(code)
}

/** Somebody else holds what was asked for, or waited for it the other way round: that says nothing of the database. */
export const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "55P03" || error.code === "40P01")
