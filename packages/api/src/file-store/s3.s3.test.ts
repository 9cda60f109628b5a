import { privateS3, testS3 } from "@hearth/testing"
import { expect, test } from "vitest"
import { describeFileStore } from "./contract.ts"
import { newFileKey } from "./port.ts"
import { openS3Files } from "./s3.ts"

describeFileStore("S3", async () => {
  const s3 = testS3()
  return { files: openS3Files(s3), [Symbol.asyncDispose]: async () => {} }
})

test("whoever has another secret has nothing, and no word of it is in what fails", async () => {
  const s3 = testS3()
  const key = newFileKey()
  await openS3Files(s3).put(key, new Uint8Array([1]))
  const other = openS3Files({ ...s3, secretAccessKey: "another-secret-of-somebody" })
  const error: unknown = await other.get(key).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: "UNAVAILABLE", cause: { message: expect.stringContaining("403") } })
  expect(String((error as Error).cause)).not.toContain("another-secret-of-somebody")
})

test("what is kept in a bucket that is not there is not kept, and not gone either", async () => {
  const files = openS3Files({ ...testS3(), bucket: "nowhere" })
  const works = [files.put(newFileKey(), new Uint8Array([1])), files.get(newFileKey())]
  for (const settled of await Promise.allSettled(works))
    expect(settled).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } })
})

test("a store that is silent or away is UNAVAILABLE within its patience, and serves again when it is back", async () => {
  await using part = await privateS3()
  const files = openS3Files({ ...part.access, patienceMs: 500 })
  const key = newFileKey()
  await files.put(key, new Uint8Array([5]))
  part.pause()
  const works = [files.get(key), files.put(key, new Uint8Array([6])), files.delete(newFileKey())]
  for (const settled of await Promise.allSettled(works))
    expect(settled).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } })
  part.resume()
  await part.kill()
  await expect(files.get(key)).rejects.toMatchObject({ code: "UNAVAILABLE" })
  await part.start()
  await expect(openS3Files(part.access).get(key)).resolves.toSatisfy((body: Uint8Array) => body.length === 1)
})
