import type { ReactNode } from "react"

/** A word about a thing: a role, a state. Colour never says it alone. */
export const Tag = ({ tone, children }: { tone?: "ember" | "ok" | "bad" | "warn"; children: ReactNode }) => (
  <span className={tone ? `tag ${tone}` : "tag"}>{children}</span>
)

/** How much of what addresses you; 99+ at most. Name it for the ear with `label`. */
export const Count = ({ value, label }: { value: number; label?: string }) => (
  <span className="count">
    <span aria-hidden={label ? true : undefined}>{value > 99 ? "99+" : value}</span>
    {label && <span className="unseen">{label}</span>}
  </span>
)

/** Unread: weight and this dot. */
export const Dot = ({ label }: { label?: string }) => (
  <span className="dot">{label && <span className="unseen">{label}</span>}</span>
)

export const Keys = ({ children }: { children: ReactNode }) => <kbd>{children}</kbd>
