import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const CASSANDRA_VERSION = "5.0.6"

const CACHE = fileURLToPath(new URL("../../../../.cache/", import.meta.url))

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>hearth</groupId><artifactId>cassandra</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.cassandra</groupId><artifactId>cassandra-all</artifactId><version>${CASSANDRA_VERSION}</version></dependency>
  </dependencies>
</project>
`

/** The folder of Cassandra's jars, fetched by Maven the first time (66 MB, less than a minute) and kept in `.cache/`. */
export const cassandraJars = (): string => {
  const folder = join(CACHE, `cassandra-${CASSANDRA_VERSION}`)
  if (existsSync(folder)) return folder
  if (spawnSync("mvn", ["--version"]).status !== 0)
    throw new Error("Maven is missing on this machine (Debian: apt-get install maven): it fetches Cassandra.")
  mkdirSync(CACHE, { recursive: true })
  const draft = mkdtempSync(join(CACHE, "fetch-"))
  try {
    writeFileSync(join(draft, "pom.xml"), POM)
    const plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    const fetched = spawnSync("mvn", ["-q", "-B", plugin, "-DincludeScope=runtime", "-DoutputDirectory=jars"], {
      cwd: draft,
      encoding: "utf8",
    })
    if (fetched.status !== 0) throw new Error(`Maven could not fetch Cassandra: ${fetched.stdout.slice(-2000)}`)
    try {
      renameSync(join(draft, "jars"), folder)
    } catch (error) {
      // Somebody else was quicker.
      if (!existsSync(folder)) throw error
    }
    return folder
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
