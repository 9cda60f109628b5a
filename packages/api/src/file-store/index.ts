export { deleteDropped } from "./dropped.ts"
export { openLocalFiles } from "./local.ts"
export { type FileStore, newFileKey } from "./port.ts"
export { openS3Files, type S3Options } from "./s3.ts"
