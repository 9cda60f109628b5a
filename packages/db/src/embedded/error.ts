/** Why the database could not be started, as a sentence for whoever started it. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError"
}
