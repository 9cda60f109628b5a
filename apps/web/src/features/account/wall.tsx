import { type Light, lightOf, Mark } from "@hearth/ui"
import type { ReactNode } from "react"

interface Props {
  /** Lit: somebody lives here. Unlit: not yet, or it broke. None: nothing is here. */
  light?: Light
  title: string
  lead?: ReactNode
  /** Up to seven faces around the sun. */
  faces?: readonly ReactNode[]
  /** A line above the sun. */
  now?: string
  footer?: ReactNode
  children: ReactNode
}

/** The arch with the sun in it: what one sees before one is inside. */
export const Wall = ({ light = "lit", title, lead, faces = [], now, footer, children }: Props) => (
  <main className="wall" data-lit={lightOf[light]}>
    <div className="spill" />
    <div className="mouth">
      <div className="inside">
        <span className="logo">
          <Mark light={light} />
        </span>
        <header>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </header>
        {children}
      </div>
      {now && <p className="hint now">{now}</p>}
      <div className="sun" />
      {faces.length > 0 && (
        <div className="ring" aria-hidden="true">
          {faces.slice(0, 7)}
        </div>
      )}
    </div>
    {footer && <p className="base hint">{footer}</p>}
  </main>
)
