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
  const ask = async (key: string, method: string, body?: Uint8Array): Promise<Response> => {
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
      if (response.ok || (response.status === 404 && method !== "PUT")) return response
      // Its code alone: the rest of such an answer may repeat what was signed.
      const [, code = "nothing"] = /<Code>(\w{1,64})<\/Code>/.exec(await response.text()) ?? []
      throw new Error(`S3 answered ${response.status} to ${method}, and said ${code}.`)
    } catch (error) {
      throw filesAway(error)
    }
  }
  const done = async (response: Response): Promise<void> => {
    await response.arrayBuffer()
  }
  return {
    put: async (key, body) => done(await ask(key, "PUT", body)),
    get: async (key) => {
      const response = await ask(key, "GET")
      try {
        const body = new Uint8Array(await response.arrayBuffer())
        return response.status === 404 ? null : body
      } catch (error) {
        throw filesAway(error)
      }
    },
    delete: async (key) => done(await ask(key, "DELETE")),
  }
}
