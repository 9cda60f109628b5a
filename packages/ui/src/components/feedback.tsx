import type { ReactNode } from "react"
import { Mark } from "./mark.tsx"

/** A line of what is to come, in its final size. `width` in four steps. */
export const Bone = ({ width = 2 }: { width?: 1 | 2 | 3 | 4 }) => <span className="bone" data-w={width} />
export const RoundBone = () => <span className="bone round" />

/** What loads. Shown after 200 ms, so that what is there at once never flashes. */
export const Skeleton = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="bones" role="status" aria-label={label}>
    {children}
  </div>
)

type BannerProps = {
  /** Something else says it aloud. */
  silent?: boolean
  tone?: "warn" | "bad"
  icon?: ReactNode
  title?: string
  children?: ReactNode
  action?: ReactNode
}

/** Says what does not work here, while the rest does. */
export const Banner = ({ tone, icon, title, children, action, silent = false }: BannerProps) => (
  <div className={tone ? `banner ${tone}` : "banner"} role={silent ? undefined : tone === "bad" ? "alert" : "status"}>
    {icon}
    <span className="grow">
      {title && <b>{title}</b>}
      {children}
    </span>
    {action}
  </div>
)

type EmptyProps = {
  title: string
  children?: ReactNode
  /** The one next step, and at most one beside it. */
  actions?: ReactNode
  /** Not found and forbidden have no sun at all. */
  sun?: boolean
  level?: 1 | 2 | 3
}

/** What this place is for, and the one next step. */
export const EmptyState = ({ title, children, actions, sun = true, level = 2 }: EmptyProps) => {
  const Heading = `h${level}` as const
  return (
    <div className="blank">
      <Mark light={sun ? "unlit" : "none"} />
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
    </div>
  )
}
