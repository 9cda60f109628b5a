import { spawnSync } from "node:child_process"
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const CACHE = fileURLToPath(new URL("../../../../.cache/", import.meta.url))

export interface Artifact {
  groupId: string
  artifactId: string
  version: string
}

const pomOf = ({ groupId, artifactId, version }: Artifact) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>hearth</groupId><artifactId>jars</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`

/** The folder of the jars that a program needs, fetched by Maven the first time and kept in `.cache/<name>`. */
export const fetchedJars = (name: string, artifact: Artifact): string => {
  const folder = join(CACHE, name)
  if (existsSync(folder)) return folder
  if (spawnSync("mvn", ["--version"]).status !== 0)
    throw new Error(`Maven is missing on this machine (Debian: apt-get install maven): it fetches ${name}.`)
  mkdirSync(CACHE, { recursive: true })
  const draft = mkdtempSync(join(CACHE, "fetch-"))
  try {
    writeFileSync(join(draft, "pom.xml"), pomOf(artifact))
    const plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    const fetched = spawnSync("mvn", ["-q", "-B", plugin, "-DincludeScope=runtime", "-DoutputDirectory=jars"], {
      cwd: draft,
      encoding: "utf8",
    })
    if (fetched.status !== 0) throw new Error(`Maven could not fetch ${name}: ${fetched.stdout.slice(-2000)}`)
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

/** A JDK 17: a plain `java` may be anything, and Cassandra 5 does not run on what is newer. */
export const findJava = (): string => {
  const found = globSync("/usr/lib/jvm/*17*/bin/java").find((path) => existsSync(path))
  return found ?? (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java")
}
