import { resolve } from "node:path"
import { expect, test } from "vitest"
import { placeOfFiles } from "./place-of-files.ts"

test("files lie in the data folder, in the folder that was named from where one starts, or in S3", () => {
  const dataDir = "/data"
  expect(placeOfFiles({ env: {}, dataDir })).toEqual({ FILES_DIR: "/data/files" })
  expect(placeOfFiles({ env: { FILES_DIR: "mine" }, dataDir })).toEqual({ FILES_DIR: resolve("mine") })
  expect(placeOfFiles({ env: { S3_ENDPOINT: "https://s3.example" }, dataDir })).toEqual({})
})
