import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { freePort, type HeldProcess, spawnHeld } from "@hearth/db/embedded"
import { temporaryFolder } from "./folder.ts"
import { fetchedJars, findJava } from "./jars.ts"
import { type Part, part } from "./part.ts"

export const S3PROXY_VERSION = "2.9.0"

/** What a client of S3 needs to know. */
export interface S3Access {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

export interface S3Part extends Part {
  access: S3Access
}

const BUCKET = "hearth-files"
const ACCESS_KEY_ID = "hearth-tests"
const SECRET_ACCESS_KEY = "a-secret-of-the-tests-alone"

/** A server that speaks S3 and checks signatures (S3Proxy, on a temporary folder), with one empty bucket. About two seconds. */
export const startS3 = async (): Promise<S3Part> => {
  const jars = fetchedJars(`s3proxy-${S3PROXY_VERSION}`, {
    groupId: "org.gaul",
    artifactId: "s3proxy",
    version: S3PROXY_VERSION,
  })
  const folder = temporaryFolder("s3")
  const port = await freePort()
  mkdirSync(join(folder.path, "data", BUCKET), { recursive: true })
  writeFileSync(join(folder.path, "s3proxy.conf"), settings(port, folder.path))
  const boot = async (): Promise<HeldProcess> => {
    const args = [
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-Xmx256m",
      "-cp",
      `${jars}/*`,
      "org.gaul.s3proxy.Main",
    ]
    const held = await spawnHeld(findJava(), [...args, "--properties", join(folder.path, "s3proxy.conf")], {
      stopSignal: "TERM",
      cwd: folder.path,
    })
    await held.line(/Started ServerConnector/)
    return held
  }
  try {
    const first = await boot()
    const access = {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: BUCKET,
      region: "us-east-1",
      accessKeyId: ACCESS_KEY_ID,
      secretAccessKey: SECRET_ACCESS_KEY,
    }
    return { access, ...part(first, boot, folder) }
  } catch (error) {
    folder.remove()
    throw new Error(`S3Proxy did not start: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const settings = (port: number, folder: string) => `s3proxy.endpoint=http://127.0.0.1:${port}
s3proxy.authorization=aws-v4
s3proxy.identity=${ACCESS_KEY_ID}
s3proxy.credential=${SECRET_ACCESS_KEY}
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=${folder}/data
`
