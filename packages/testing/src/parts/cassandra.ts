import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { freePort, type HeldProcess, spawnHeld } from "@hearth/db/embedded"
import { cassandraJars } from "./cassandra-jars.ts"
import { type Folder, keptFolder, temporaryFolder } from "./folder.ts"
import { findJava } from "./jars.ts"
import { type Part, part } from "./part.ts"

export interface CassandraPart extends Part {
  /** host:port */
  contactPoints: string[]
  localDc: string
  host: string
  ports: CassandraPorts
}

export interface CassandraPorts {
  cql: number
  storage: number
}

export interface CassandraOptions {
  /** Keeps its data here. Without it, in a temporary folder. */
  dataDir?: string
  /** An address of the loopback net, so that several nodes fit on one machine. */
  host?: string
  /** Another node's `host:storagePort`, to join its ring. */
  seed?: string
  /** Those of the ring: drivers look for all nodes on one port. Free ones when not said. */
  ports?: CassandraPorts
  /** -Xmx. */
  heap?: string
  /** With the compiler of long lives, which takes twice as long to start. So has one that keeps its data. */
  lasting?: boolean
}

/** One real Cassandra node out of its jars, on JDK 17. Answers CQL when it resolves: about ten seconds. */
export const startCassandra = async (options: CassandraOptions = {}): Promise<CassandraPart> => {
  const { dataDir, host = "127.0.0.1" } = options
  const jars = cassandraJars()
  const java = findJava()
  const folder = dataDir === undefined ? temporaryFolder("cassandra") : keptFolder(dataDir)
  const ports = options.ports ?? (await choosePorts(folder, host))
  writeConfig(folder.path, { host, ports, seed: options.seed })
  const boot = async (): Promise<HeldProcess> => {
    const args = [...flags(folder, options), "-cp", `${folder.path}/conf:${jars}/*`, MAIN]
    const held = await spawnHeld(java, args, { stopSignal: "TERM", cwd: folder.path })
    await held.line(/Starting listening for CQL clients/)
    return held
  }
  try {
    const first = await boot()
    return {
      contactPoints: [`${host}:${ports.cql}`],
      localDc: "datacenter1",
      host,
      ports,
      ...part(first, boot, folder),
    }
  } catch (error) {
    folder.remove()
    throw new Error(`Cassandra did not start: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A node is known to itself by its ports: with kept data it comes back on the same ones. */
const choosePorts = async ({ path, keep }: Folder, host: string): Promise<CassandraPorts> => {
  const file = join(path, "ports.json")
  if (keep && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as CassandraPorts
  const ports = { cql: await freePort(host), storage: await freePort(host) }
  if (keep) writeFileSync(file, JSON.stringify(ports))
  return ports
}

const MAIN = "org.apache.cassandra.service.CassandraDaemon"

const EXPORTS = [
  ...["java.base/jdk.internal.misc", "java.base/jdk.internal.ref", "java.base/sun.nio.ch", "java.base/java.lang.ref"],
  ...["java.management.rmi/com.sun.jmx.remote.internal.rmi", "java.rmi/sun.rmi.registry", "java.rmi/sun.rmi.server"],
  ...["java.sql/java.sql", "jdk.unsupported/sun.misc"],
]
const OPENS = [
  ...["lang.module", "io", "lang", "nio", "util", "util.concurrent", "util.concurrent.atomic"].map(
    (p) => `java.base/java.${p}`,
  ),
  ...["loader", "ref", "reflect", "math", "module", "util.jar", "misc"].map((p) => `java.base/jdk.internal.${p}`),
  ...["jdk.management/com.sun.management.internal", "java.base/sun.nio.ch"],
]

const flags = ({ path: folder, keep }: Folder, { heap = "1g", seed, lasting = keep }: CassandraOptions) => [
  // One that lives for a test run starts in half the time without the optimising compiler.
  ...(lasting ? [] : ["-XX:TieredStopAtLevel=1"]),
  ...["-Xms512m", `-Xmx${heap}`, "-XX:+UseSerialGC", "-Xshare:auto", "-Xss512k"],
  ...EXPORTS.flatMap((name) => ["--add-exports", `${name}=ALL-UNNAMED`]),
  ...OPENS.flatMap((name) => ["--add-opens", `${name}=ALL-UNNAMED`]),
  "-Djdk.attach.allowAttachSelf=true",
  "-Dio.netty.tryReflectionSetAccessible=true",
  `-Djava.io.tmpdir=${folder}/tmp`,
  `-Dcassandra.config=file://${folder}/conf/cassandra.yaml`,
  `-Dcassandra.storagedir=${folder}/data`,
  `-Dcassandra.logdir=${folder}/log`,
  // Otherwise it closes its output before it says that it listens.
  "-Dcassandra-foreground=yes",
  // A node among strangers would wait for gossip to settle; here all are known.
  "-Dcassandra.skip_wait_for_gossip_to_settle=0",
  // For so long it looks for the nodes of its ring. Alone it has none to look for.
  `-Dcassandra.ring_delay_ms=${seed === undefined ? 1 : 20_000}`,
  "-Dcassandra.superuser_setup_delay_ms=0",
]

interface Config {
  host: string
  ports: CassandraPorts
  seed?: string
}

const writeConfig = (folder: string, { host, ports, seed }: Config) => {
  for (const name of ["conf", "data", "tmp", "log"]) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(
    join(folder, "conf/cassandra.yaml"),
    `cluster_name: hearth
num_tokens: 1
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
commitlog_sync: batch
paxos_variant: v2
auto_snapshot: false
hinted_handoff_enabled: false
commitlog_segment_size: 8MiB
data_file_directories: ["${folder}/data/data"]
commitlog_directory: "${folder}/data/commitlog"
hints_directory: "${folder}/data/hints"
saved_caches_directory: "${folder}/data/saved_caches"
cdc_raw_directory: "${folder}/data/cdc_raw"
listen_address: ${host}
rpc_address: ${host}
start_native_transport: true
native_transport_port: ${ports.cql}
storage_port: ${ports.storage}
endpoint_snitch: SimpleSnitch
# Nodes come one after the other to a ring that has no data yet: there is nothing to wait for.
auto_bootstrap: false
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "${seed ?? `${host}:${ports.storage}`}"
`,
  )
  writeFileSync(
    join(folder, "conf/logback.xml"),
    `<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%-5level %logger{0} %msg%n</pattern></encoder></appender>
  <root level="ERROR"><appender-ref ref="OUT"/></root>
  <logger name="org.apache.cassandra.transport" level="INFO"/>
</configuration>
`,
  )
}
