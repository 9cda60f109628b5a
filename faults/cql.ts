import { Client } from "cassandra-driver"
import type { CassandraPart } from "@hearth/testing/parts"
import { KEYSPACE } from "./deployment.ts"

/** A client of our own, beside Hearth's. */
export const openCql = ({ contactPoints, localDc }: Pick<CassandraPart, "contactPoints" | "localDc">): Client =>
  new Client({
    contactPoints,
    localDataCenter: localDc,
    keyspace: KEYSPACE,
    protocolOptions: { port: Number(contactPoints[0]?.split(":")[1]) },
    encoding: { useBigIntAsLong: true },
    queryOptions: { prepare: true },
  })

/** Whether it answers a newcomer. Who was connected before has to find that out. */
export const answersCql = async (part: CassandraPart): Promise<boolean> => {
  const client = openCql(part)
  try {
    await client.execute("select version from schema_versions")
    return true
  } catch {
    return false
  } finally {
    await client.shutdown()
  }
}
