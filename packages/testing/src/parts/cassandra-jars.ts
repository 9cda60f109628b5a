import { fetchedJars } from "./jars.ts"

export const CASSANDRA_VERSION = "5.0.6"

/** The folder of Cassandra's jars: 66 MB, less than a minute the first time. */
export const cassandraJars = (): string =>
  fetchedJars(`cassandra-${CASSANDRA_VERSION}`, {
    groupId: "org.apache.cassandra",
    artifactId: "cassandra-all",
    version: CASSANDRA_VERSION,
  })
