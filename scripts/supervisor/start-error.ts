/** Why Hearth cannot start, as a sentence for whoever started it. No stack is shown for it. */
export class StartError extends Error {
  override name = "StartError"
}
