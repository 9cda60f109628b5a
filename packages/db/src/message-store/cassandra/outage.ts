import cassandra from "cassandra-driver"

const { errors } = cassandra
/** From here on the protocol's error codes say that the request is wrong: syntax, types, a table that is not there. */
const FIRST_BUG = 0x2000
const UNPREPARED = 0x2500
/** Not enough replicas are up, or the node is overloaded or starting: said before anything was done. */
const REFUSED = [0x1000, 0x1001, 0x1002]

/** Whether a failure of the driver means that the cluster is out of reach, rather than that the request is wrong. */
export const isOutage = (error: unknown): boolean => {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof errors.ArgumentError) return false
  if (error instanceof errors.ResponseError) return error.code < FIRST_BUG || error.code === UNPREPARED
  return true
}

/** Whether a write that failed this way was surely not carried out. All other outages leave it unknown. */
export const surelyNotDone = (error: unknown): boolean =>
  error instanceof errors.ResponseError && REFUSED.includes(error.code)
