import { Bone, Skeleton } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { ConnectionBanner } from "./connection-banner.tsx"

/** A page of settings before the first snapshot, in its final sizes. */
export const LoadingSettings = () => {
  const t = useTranslations("common")
  return (
    <div className="set">
      <div className="list">
        <div className="back" />
        <div className="bones" aria-hidden="true">
          {([2, 3, 1] as const).map((width) => (
            <div className="ch" key={width}>
              <Bone width={width} />
            </div>
          ))}
        </div>
      </div>
      <main className="room">
        <div className="sheet">
          <Skeleton label={t("loading")}>
            <div className="bone-lines">
              <Bone width={1} />
              <Bone width={3} />
              <Bone width={2} />
            </div>
          </Skeleton>
          <ConnectionBanner writing={false} />
        </div>
      </main>
      <aside className="people why" aria-hidden="true" />
    </div>
  )
}
