import cassandra from "cassandra-driver"

export interface CassandraAddress {
  /** host or host:port */
  contactPoints: readonly string[]
  /** Where this process is. Absent: the data centre of the first node that answers. */
  localDc?: string
}

const { consistencies } = cassandra.types
const { RetryPolicy } = cassandra.policies.retry

/** Reads are tried once more on another node; nothing that writes is ever repeated by the driver: the log settles that itself. */
class RetryReadsOnce extends RetryPolicy {
  override onRequestError(info: cassandra.policies.retry.OperationInfo) {
    return info.nbRetry === 0 && info.executionOptions.isIdempotent()
      ? this.retryResult(info.executionOptions.getConsistency(), false)
      : this.rethrowResult()
  }
  override onUnavailable() {
    return this.rethrowResult()
  }
  override onWriteTimeout() {
    return this.rethrowResult()
  }
}

const DEFAULT_PORT = 9042

/** Of `host`, `host:port` or `[ipv6]:port`. */
export const portOf = (contactPoint = ""): number => {
  const port = /^(?:\[.*\]|[^:]*):(\d+)$/.exec(contactPoint)?.[1]
  return port === undefined ? DEFAULT_PORT : Number(port)
}

const common = (contactPoints: readonly string[]): cassandra.DseClientOptions => ({
  contactPoints: [...contactPoints],
  encoding: { useBigIntAsLong: true },
  pooling: { heartBeatInterval: 5000 },
  // Nodes tell each other's addresses, not their ports: the others are looked for where the first one is.
  protocolOptions: { maxSchemaAgreementWaitSeconds: 20, port: portOf(contactPoints[0]) },
})

const findLocalDc = async (contactPoints: readonly string[]): Promise<string> => {
  const probe = new cassandra.Client({
    ...common(contactPoints),
    policies: { loadBalancing: new cassandra.policies.loadBalancing.RoundRobinPolicy() },
    socketOptions: { connectTimeout: 2000, readTimeout: 2000 },
  })
  try {
    await probe.connect()
    const row = (await probe.execute("SELECT data_center FROM system.local")).first()
    return String(row.get("data_center"))
  } finally {
    await probe.shutdown().catch(() => {})
  }
}

/**
 * A connected client with every default that bites changed: quorum for reads too, short timeouts, a steady reconnection.
 * Rejects when no node answers. Such a client is of no use any more: ask for a new one.
 */
export const connectCassandra = async (
  { contactPoints, localDc }: CassandraAddress,
  { keyspace, readTimeoutMs = 1000 }: { keyspace?: string; readTimeoutMs?: number } = {},
): Promise<cassandra.Client> => {
  const client = new cassandra.Client({
    ...common(contactPoints),
    localDataCenter: localDc ?? (await findLocalDc(contactPoints)),
    ...(keyspace !== undefined && { keyspace }),
    policies: {
      reconnection: new cassandra.policies.reconnection.ConstantReconnectionPolicy(1000),
      retry: new RetryReadsOnce(),
    },
    queryOptions: {
      consistency: consistencies.localQuorum,
      serialConsistency: consistencies.localSerial,
      prepare: true,
      fetchSize: 5000,
    },
    socketOptions: { connectTimeout: 2000, readTimeout: readTimeoutMs },
  })
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.shutdown().catch(() => {})
    throw error
  }
}
