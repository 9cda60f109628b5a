"use client"
import { ArrowUUpLeftIcon, Banner, Button, IconButton, WarningCircleIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { Component, type ReactNode } from "react"
import { DrawerButton } from "./drawer-button.tsx"

export type Pane = "rail" | "list" | "room" | "people"

interface Props {
  pane: Pane
  /** What the pane shows. A pane that broke is drawn anew when one goes elsewhere. */
  at: string
  children: ReactNode
}

/** One pane that cannot be drawn leaves the others as they are. */
export class PaneBoundary extends Component<Props, { broke: boolean; at: string }> {
  static getDerivedStateFromError = () => ({ broke: true })
  static getDerivedStateFromProps = ({ at }: Props, state: { at: string }) =>
    at === state.at ? null : { at, broke: false }
  override state = { broke: false, at: this.props.at }

  override render() {
    if (!this.state.broke) return this.props.children
    return <BrokenPane pane={this.props.pane} onRetry={() => this.setState({ broke: false })} />
  }
}

const BrokenPane = ({ pane, onRetry }: { pane: Pane; onRetry: () => void }) => {
  const t = useTranslations("shell.broke")
  const tCommon = useTranslations("common")
  if (pane === "rail")
    return (
      <div className="rail" role="alert">
        <IconButton
          label={`${t("rail")} ${tCommon("tryAgain")}`}
          side="right"
          icon={<ArrowUUpLeftIcon className="i" aria-hidden="true" />}
          onClick={onRetry}
        />
      </div>
    )
  const said = (
    <div className="pane-broke">
      <Banner
        tone="bad"
        icon={<WarningCircleIcon className="i" weight="fill" aria-hidden="true" />}
        title={t(pane)}
        action={
          <Button size="small" onClick={onRetry}>
            {tCommon("tryAgain")}
          </Button>
        }
      >
        {t("safe")}
      </Banner>
    </div>
  )
  if (pane === "room")
    return (
      <main className="room" id="room" tabIndex={-1} aria-label={t("room")}>
        <header className="bar">
          <DrawerButton />
        </header>
        {said}
      </main>
    )
  return <div className={pane}>{said}</div>
}
