/** A display name folded for ordering: member lists are sorted by it. */
export const sortName = (displayName: string): string => displayName.normalize("NFKC").toLowerCase()
