import { type S3Access, type S3Part, startS3 } from "./parts/index.ts"
import { provided } from "./provided.ts"

/** The run's bucket. Keys that nobody guesses are apart by themselves. */
export const testS3 = (): S3Access => provided("s3")

/** A server of its own, for tests that kill or pause it. */
export const privateS3 = (): Promise<S3Part> => startS3()
