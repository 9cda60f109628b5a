/** In ms. */
export interface SharedStateOptions {
  /** How long a node stays an owner without a beat. */
  ownerTtlMs?: number
  /** How long a node's entries of presence count without a beat. */
  presenceTtlMs?: number
  /** How long they count after the node said that it leaves. */
  forgetMs?: number
}

export const sharedStateDefaults: Required<SharedStateOptions> = {
  ownerTtlMs: 15_000,
  presenceTtlMs: 45_000,
  forgetMs: 10_000,
}
