import { createHash } from "node:crypto"
import { AwsClient } from "aws4fetch"
import { checked, type FileStore, filesAway } from "./port.ts"

export interface S3Options {
  /** Of any service that speaks S3. Buckets are a part of the path there: `<endpoint>/<bucket>/<key>`. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** How long one request may take, in ms. */
  patienceMs?: number
}

/** Files in a bucket that is there already. It needs to be open to nobody: all that is read passes through the web app. */
export const openS3Files = ({ endpoint, bucket, patienceMs = 10_000, ...keys }: S3Options): FileStore => {
  const client = new AwsClient({ ...keys, service: "s3" })
  const urlOf = (key: string): string => `${endpoint.replace(/\/+$/, "")}/${bucket}/${checked(key)}`
  /** What it answered. null: there is no such file. */
  const ask = async (key: string, method: string, body?: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> => {
    const url = urlOf(key)
    const hash = createHash("sha256")
      .update(body ?? "")
      .digest("hex")
    const signed = await client.sign(url, { method, headers: { "x-amz-content-sha256": hash } })
    try {
      const response = await fetch(url, {
        method,
        headers: signed.headers,
        // A signature is for one host.
        redirect: "error",
        signal: AbortSignal.timeout(patienceMs),
        ...(body && { body: Buffer.from(body) }),
      })
      const answer = Buffer.from(await response.arrayBuffer())
      if (response.ok) return new Uint8Array(answer)
      // Its code alone: the rest of such an answer may repeat what was signed.
      const [, code = "nothing"] = /<Code>(\w{1,64})<\/Code>/.exec(answer.toString()) ?? []
      // Any other 404, as of a bucket that is not there, says nothing of the file.
      if (response.status === 404 && code === "NoSuchKey" && method !== "PUT") return null
      throw new Error(`S3 answered ${response.status} to ${method}, and said ${code}.`)
    } catch (error) {
      throw filesAway(error)
    }
  }
  return {
    put: async (key, body) => {
      await ask(key, "PUT", body)
    },
    get: (key) => ask(key, "GET"),
    delete: async (key) => {
      await ask(key, "DELETE")
    },
  }
}
